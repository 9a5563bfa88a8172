import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { type KubeAccess, loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import { Registry, collectDefaultMetrics } from "prom-client";
import { addApiRuleController } from "../api-rules/controller.ts";
import { addFunctionController } from "../functions/controller.ts";
import { addSubscriptionController } from "../subscriptions/controller.ts";
import {
  defaultSubscriptionOptions,
  parseNatsAccess,
  type SubscriptionOptions,
} from "../subscriptions/options.ts";
import { startAdminServer } from "../runtime/admin-server.ts";
import { LeaderElector } from "../runtime/leader-election.ts";
import { type Logger, createLogger } from "../runtime/logger.ts";
import { Manager } from "../runtime/manager.ts";
import { EngineMetrics } from "../runtime/metrics.ts";
import { type Options, readOptions, usage } from "./options.ts";

/** Ends the process with a sentence instead of a stack: the person can do something about it. */
function refuse(error: unknown): never {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  process.exit(1);
}

interface Start {
  options: Options;
  access: KubeAccess;
  subscriptions: SubscriptionOptions;
}

/** The command line and the files that it names. */
function readOrRefuse(): Start {
  if (process.argv.includes("--help")) {
    console.log(usage);
    process.exit(0);
  }
  try {
    const options = readOptions(process.argv.slice(2));
    const access = loadKubeConfig(options.kubeconfig, options.context);
    return { options, access, subscriptions: subscriptionOptions(options) };
  } catch (error) {
    return refuse(error);
  }
}

function subscriptionOptions({ natsAccess, streams: limits }: Options): SubscriptionOptions {
  const options = { ...defaultSubscriptionOptions, limits };
  if (natsAccess === undefined) return options;
  return { ...options, nats: parseNatsAccess(readFileSync(natsAccess, "utf8")) };
}

async function main({ options, access, subscriptions }: Start): Promise<void> {
  const log = createLogger(options.logLevel);
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const connection = connect(access, {
    userAgent: "kyma-controllers",
  });
  const client = new KubeClient(connection);
  const elector = options.leaderElect ? electorFor(client, options, log) : undefined;
  const metrics = new EngineMetrics(registry);
  const manager = new Manager({ client, log, metrics, ...(elector && { elector }) });
  addFunctionController(manager, options.functions);
  addApiRuleController(manager);
  const eventing = addSubscriptionController(manager, subscriptions, registry);

  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop.abort());
  const admin = await startAdminServer({
    port: options.adminPort,
    registry,
    unreadyReason: () => manager.unreadyReason,
  });
  log.info({ adminPort: admin.port, server: "127.0.0.1" }, "admin server listens");
  try {
    await manager.run(stop.signal);
    log.info("stopped");
  } finally {
    await admin.close();
    await eventing.close();
    connection.close();
  }
}

function electorFor(client: KubeClient, options: Options, log: Logger): LeaderElector {
  const lease = { namespace: options.leaseNamespace, name: "kyma-controllers" };
  return new LeaderElector({ client, lease, identity: `${hostname()}_${randomUUID()}`, log });
}

try {
  await main(readOrRefuse());
  process.exit(0);
} catch (error) {
  createLogger("error").error({ err: error }, "the controllers end");
  process.exit(1);
}
