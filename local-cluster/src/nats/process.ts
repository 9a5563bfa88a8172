import { createConnection } from "node:net";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Layout } from "../control-plane/layout.ts";
import type { ControlPlaneProcess } from "../control-plane/processes.ts";
import type { Probe } from "../supervisor/probe.ts";
import type { Tools } from "../tools/cache.ts";
import { natsConfiguration, type NatsServerSettings } from "./configuration.ts";

/** Writes the server's configuration and says how to run it. */
export async function natsProcess(
  tools: Tools,
  layout: Layout,
  settings: Omit<NatsServerSettings, "storeDir">,
): Promise<ControlPlaneProcess> {
  const file = join(layout.pki, "nats-server.json");
  await mkdir(layout.nats, { recursive: true, mode: 0o700 });
  await writeFile(file, natsConfiguration({ ...settings, storeDir: layout.nats }), { mode: 0o600 });
  return {
    command: {
      name: "nats-server",
      file: tools["nats-server"],
      arguments: ["--config", file],
      environment: {},
      logFile: join(layout.logs, "nats-server.log"),
      signalOnParentDeath: "KILL",
    },
    ready: natsProbe(settings.port),
  };
}

/** The server greets whoever connects as soon as its streams are recovered. */
function natsProbe(port: number): Probe {
  return (timeoutMs) =>
    new Promise((resolve, reject) => {
      const socket = createConnection({ host: "127.0.0.1", port, timeout: timeoutMs });
      socket.once("timeout", () => socket.destroy(new Error(`no greeting within ${timeoutMs} ms`)));
      socket.once("data", (greeting) => {
        socket.destroy();
        if (greeting.toString().startsWith("INFO ")) resolve();
        else reject(new Error("what listens there is not nats-server"));
      });
      socket.once("error", reject);
    });
}
