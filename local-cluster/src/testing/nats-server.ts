import type { NatsAccess } from "@kyma/eventing/nats.ts";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { layoutOf } from "../control-plane/layout.ts";
import type { NatsServerSettings } from "../nats/configuration.ts";
import { natsProcess } from "../nats/process.ts";
import { ensurePasswords, type NatsUser } from "../nats/users.ts";
import { findFreePorts } from "../supervisor/ports.ts";
import { resolveTools } from "../tools/resolve.ts";
import { TestProcess } from "./control-plane.ts";

/** A real nats-server with JetStream of one test, in a folder of its own. */
export interface TestNats {
  port: number;
  access(user: NatsUser): NatsAccess;
  /** For fault tests: nothing restarts it by itself. */
  process: TestProcess;
  /** Where its streams are. */
  storeDir: string;
  /** Kills it and removes the folder. */
  stop(): Promise<void>;
}

/** Acknowledges before the disk has it, for speed, unless told otherwise. */
export async function startNats(
  options: Pick<NatsServerSettings, "maxFileStore" | "unsafeNoSync"> = {},
): Promise<TestNats> {
  const layout = layoutOf(await mkdtemp(join(tmpdir(), "kyma-test-nats-")));
  await Promise.all([layout.pki, layout.logs].map((dir) => mkdir(dir, { recursive: true })));
  const [tools, passwords, [port = 0]] = await Promise.all([
    resolveTools(),
    ensurePasswords(layout.natsPasswords),
    findFreePorts(1),
  ]);
  const process = new TestProcess(
    await natsProcess(tools, layout, { unsafeNoSync: true, ...options, port, passwords }),
  );
  const stop = async (): Promise<void> => {
    await process.kill();
    await rm(layout.dataDir, { recursive: true, force: true });
  };
  try {
    await process.start();
    await process.ready();
  } catch (error) {
    await stop();
    throw error;
  }
  const access = (user: NatsUser): NatsAccess => ({
    url: `nats://127.0.0.1:${port}`,
    user,
    password: passwords[user],
  });
  return { port, access, process, storeDir: layout.nats, stop };
}
