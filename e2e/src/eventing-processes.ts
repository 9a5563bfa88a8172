import type { NatsAccess } from "@kyma/eventing/nats.ts";
import { writeNatsAccess } from "@kyma/local-cluster/nats/access.ts";
import { findFreePorts } from "@kyma/local-cluster/supervisor/ports.ts";
import { httpProbe } from "@kyma/local-cluster/supervisor/probe.ts";
import { TestProcess } from "@kyma/local-cluster/testing/control-plane.ts";
import type { TestNats } from "@kyma/local-cluster/testing/nats-server.ts";
import { cacheHome } from "@kyma/local-cluster/tools/cache.ts";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
/** As the local node runs them: see its images, and the memory limits in the manifest. */
const podFlags = ["--max-semi-space-size=4", "--max-old-space-size=153"];

export interface EventingOptions {
  kubeconfig: string;
  nats: Pick<TestNats, "access">;
  dispatchers: number;
  /** Without them the caller makes streams and consumers. */
  controllers: boolean;
  /** Further arguments of the controllers' command line. */
  controllersArguments?: readonly string[];
  /** For the publisher and the dispatchers, e.g. --cpu-prof. */
  nodeFlags?: readonly string[];
  /** What leads to Services in the place of the platform's own router. */
  proxyUrl?: string;
}

/** Publisher, dispatchers and controllers as processes of their own, with the rights that they have in a cluster. Nothing restarts them by itself. */
export interface EventingProcesses {
  gateway: TestProcess;
  dispatchers: TestProcess[];
  controllers: TestProcess | undefined;
}

/** What is there before the processes. */
export interface Surroundings {
  server: string;
  proxy: string;
  gatewayAccount: string;
  dispatcherAccount: string;
  logs: string;
}

export interface Launched {
  processes: EventingProcesses;
  publisherPort: number;
}

/** Says how to run them; starts none. */
export async function prepareProcesses(options: EventingOptions, around: Surroundings): Promise<Launched> {
  const { nats, kubeconfig, nodeFlags = [] } = options;
  const [publisherPort, gatewayAdmin, controllersAdmin, ...dispatcherAdmin] = (await findFreePorts(
    3 + options.dispatchers,
  )) as [number, number, number, ...number[]];
  const natsFile = join(around.logs, "nats.json");
  await writeNatsAccess(natsFile, nats.access("controllers"));
  const { hostname, port } = new URL(around.server);
  const pod = {
    KUBERNETES_SERVICE_HOST: hostname,
    KUBERNETES_SERVICE_PORT: port,
    LISTEN_ADDRESS: "127.0.0.1",
    NODE_ENV: "production",
    NODE_COMPILE_CACHE: join(cacheHome(), "node-compile-cache"),
  };
  const process = (name: string, started: Started): TestProcess =>
    nodeProcess(name, around.logs, [...podFlags, ...nodeFlags], started);
  const gateway = process("event-gateway", {
    entry: "data-plane/event-gateway/src/main.ts",
    environment: {
      ...pod,
      ...natsEnvironment(nats.access("event-gateway")),
      SERVICE_ACCOUNT_DIR: around.gatewayAccount,
      PORT: String(publisherPort),
      ADMIN_PORT: String(gatewayAdmin),
    },
    probed: { port: publisherPort },
  });
  const dispatchers = dispatcherAdmin.map((adminPort, index) =>
    process(`event-dispatcher-${index}`, {
      entry: "data-plane/event-dispatcher/src/main.ts",
      environment: {
        ...pod,
        ...natsEnvironment(nats.access("event-dispatcher")),
        SERVICE_ACCOUNT_DIR: around.dispatcherAccount,
        HTTP_PROXY: around.proxy,
        ADMIN_PORT: String(adminPort),
      },
      probed: { port: adminPort },
    }),
  );
  const flags = ["--kubeconfig", kubeconfig, "--no-leader-elect", "--nats-access", natsFile];
  const controllers = process("controllers", {
    entry: "backend-controllers/src/app/main.ts",
    args: [...flags, "--admin-port", String(controllersAdmin), ...(options.controllersArguments ?? [])],
    environment: { NODE_ENV: "production" },
    probed: { port: controllersAdmin },
  });
  return {
    publisherPort,
    processes: { gateway, dispatchers, controllers: options.controllers ? controllers : undefined },
  };
}

interface Started {
  /** From the root of the checkout. */
  entry: string;
  args?: readonly string[];
  environment: Record<string, string>;
  /** Where /readyz is answered. */
  probed: { port: number };
}

function nodeProcess(
  name: string,
  logs: string,
  nodeFlags: readonly string[],
  started: Started,
): TestProcess {
  const quiet = "--disable-warning=ExperimentalWarning";
  return new TestProcess({
    command: {
      name,
      file: process.execPath,
      arguments: [quiet, ...nodeFlags, join(root, started.entry), ...(started.args ?? [])],
      environment: started.environment,
      logFile: join(logs, `${name}.log`),
      signalOnParentDeath: "KILL",
    },
    ready: httpProbe(started.probed.port, "/readyz"),
  });
}

function natsEnvironment({ url, user, password }: NatsAccess): Record<string, string> {
  return { NATS_URL: url, NATS_USER: user, NATS_PASSWORD: password };
}
