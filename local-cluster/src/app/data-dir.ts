import { access, constants, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Layout } from "../control-plane/layout.ts";
import { type Lock, tryLock } from "../supervisor/lock.ts";

/** Makes the data directory and takes it for this process. Throws a sentence when it cannot be written or is taken already. */
export async function takeDataDir(dataDir: string): Promise<Lock> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await access(dataDir, constants.W_OK | constants.X_OK);
    await mkdir(join(dataDir, "run"), { recursive: true, mode: 0o700 });
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new Error(
      `The data directory ${dataDir} cannot be written (${code}). Choose another with --data-dir.`,
      { cause },
    );
  }
  const lock = await tryLock(dataDir);
  if (lock) return lock;
  throw new Error(
    `The data directory ${dataDir} is in use by another npm start. End that one, or choose another directory with --data-dir.`,
  );
}

/** Removes all that a cluster has stored. Only what is ours, because the person may have named any directory. */
export async function resetDataDir(layout: Layout): Promise<void> {
  const ours = [
    layout.etcd,
    layout.nats,
    layout.pki,
    layout.logs,
    layout.run,
    layout.node,
    layout.kubeconfig,
    layout.consoleUrl,
  ];
  await Promise.all(ours.map((path) => rm(path, { recursive: true, force: true })));
  await mkdir(layout.run, { recursive: true, mode: 0o700 });
}
