import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";

/** A lock that the system itself releases when its holder dies, however that happens. */
export interface Lock {
  release(): void;
}

/**
 * Takes the lock of a folder; undefined when another process holds it. It is a Linux abstract socket, which has a name but no file, so no
 * stale lock can be left behind.
 */
export async function tryLock(dir: string): Promise<Lock | undefined> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => undefined);
  });
  const sockets = new Set<{ destroy(): void }>();
  if (!(await listen(server, lockName(dir)))) return undefined;
  server.unref();
  return {
    release: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Takes the lock of a folder, waiting until its holder lets go. `onWait` is called once when that is necessary. */
export async function lock(dir: string, onWait: () => void, signal?: AbortSignal): Promise<Lock> {
  for (let waited = false; ; waited = true) {
    signal?.throwIfAborted();
    const taken = await tryLock(dir);
    if (taken) return taken;
    if (!waited) onWait();
    await untilReleased(lockName(dir), signal);
  }
}

function lockName(dir: string): string {
  return `\0kyma-${createHash("sha256").update(realpathSync(dir)).digest("hex").slice(0, 32)}`;
}

async function listen(server: Server, name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(false);
      else reject(error);
    });
    server.listen(name, () => resolve(true));
  });
}

/** The holder keeps the connection open for as long as it lives. */
async function untilReleased(name: string, signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const socket = connect({ path: name });
    socket.on("error", () => undefined).once("close", () => resolve());
    socket.resume();
    if (signal?.aborted) socket.destroy();
    signal?.addEventListener("abort", () => socket.destroy(), { once: true });
  });
}
