import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { KubeClient } from "@kyma/kube/client.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { serviceAccounts } from "@kyma/kube/resource-types.ts";
import { install } from "@kyma/local-cluster/install/install.ts";
import { readLocalManifest } from "@kyma/local-cluster/install/manifests.ts";
import type { Scene } from "./scene.ts";

const account = { namespace: "kyma-system", name: "event-dispatcher" };

/** The program itself, as a pod runs it: with a ServiceAccount's token, and NATS and the proxy in its environment. */
export class DispatcherProcess {
  readonly #child: ChildProcess;
  readonly #ready: Promise<void>;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
  adminPort = 0;

  private constructor(env: NodeJS.ProcessEnv) {
    const program = join(import.meta.dirname, "../main.ts");
    this.#child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program], {
      env: { PATH: process.env["PATH"], ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.ended = once(this.#child, "exit").then(
      ([code, signal]) => (code ?? signal) as number | string | null,
    );
    this.#ready = this.#untilReady();
    // Who only begins it does not ask.
    this.#ready.catch(() => {});
  }

  /** `accountDir`: what `mountAccount` made. */
  static async start(scene: Scene, accountDir: string): Promise<DispatcherProcess> {
    const started = DispatcherProcess.begin(scene, accountDir);
    await started.#ready;
    return started;
  }

  /** Does not wait until it delivers. */
  static begin({ parts }: Scene, accountDir: string): DispatcherProcess {
    const { hostname, port } = new URL(parts.client.connection.access.server);
    const { url, user, password } = parts.nats.access("event-dispatcher");
    return new DispatcherProcess({
      KUBERNETES_SERVICE_HOST: hostname,
      KUBERNETES_SERVICE_PORT: port,
      SERVICE_ACCOUNT_DIR: accountDir,
      NATS_URL: url,
      NATS_USER: user,
      NATS_PASSWORD: password,
      HTTP_PROXY: parts.router.url,
      LISTEN_ADDRESS: "127.0.0.1",
      ADMIN_PORT: "0",
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.ended;
  }

  /** Whether it has called a sink for this consumer. */
  async hasCalledFor(consumer: string): Promise<boolean> {
    const answer = await fetch(`http://127.0.0.1:${this.adminPort}/metrics`);
    const called = new RegExp(`^eventing_ec_nats_delivery_per_subscription_total\\{.*"${consumer}"`, "m");
    return called.test(await answer.text());
  }

  async #untilReady(): Promise<void> {
    if (!this.#child.stdout) throw new Error("no output to read");
    for await (const line of createInterface(this.#child.stdout)) {
      const { msg, adminPort } = JSON.parse(line) as { msg: string; adminPort?: number };
      if (adminPort !== undefined) this.adminPort = adminPort;
      if (msg !== "events are delivered") continue;
      this.#child.stdout.resume();
      return;
    }
    throw new Error("the dispatcher ended before it was ready");
  }
}

/** Gives the dispatcher the rights that it has in a cluster, and mounts its account as a kubelet does. */
export async function mountAccount(client: KubeClient): Promise<string> {
  await install(client, readLocalManifest("eventing-rights.yaml"));
  const request = {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    metadata: account,
    spec: {},
  };
  const { status } = await client.create<KubeObject & { status: { token: string } }>(
    serviceAccounts,
    request,
    {
      subresource: "token",
    },
  );
  const directory = await mkdtemp(join(tmpdir(), "kyma-test-account-"));
  const ca = client.connection.access.tls.ca ?? "";
  const files = { token: status.token, "ca.crt": ca, namespace: account.namespace };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(directory, name), text)));
  return directory;
}

export async function unmountAccount(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
}
