import { mkdir, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Layout } from "../control-plane/layout.ts";
import type { ControlPlaneProcess } from "../control-plane/processes.ts";
import type { Component } from "../supervisor/supervised.ts";
import type { Tools } from "../tools/cache.ts";
import { natsConfiguration, type NatsServerSettings } from "./configuration.ts";
import { natsProbe, UnhealthyError } from "./health.ts";

/** Bytes on the disk with which it is worth to begin again. */
const enoughRoom = 32 * 2 ** 20;

interface NatsProcess extends ControlPlaneProcess {
  /** As a component has it. */
  needsRestart: NonNullable<Component["needsRestart"]>;
}

/** Writes the server's configuration and says how to run it. */
export async function natsProcess(
  tools: Tools,
  layout: Layout,
  settings: Omit<NatsServerSettings, "storeDir">,
): Promise<NatsProcess> {
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
    ready: natsProbe(settings.port, settings.passwords.health),
    needsRestart: (complaint) => hasRoomAgain(layout.nats, complaint),
  };
}

/**
 * A stream that could not be written to stays so until the server starts again (seen with 2.15); that helps as soon as there is room. What was
 * acknowledged is on the disk.
 */
async function hasRoomAgain(storeDir: string, complaint: unknown): Promise<boolean> {
  if (!(complaint instanceof UnhealthyError) || !complaint.message.includes("write error")) return false;
  const { bavail, bsize } = await statfs(storeDir);
  return bavail * bsize >= enoughRoom;
}
