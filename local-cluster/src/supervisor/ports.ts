import { createServer } from "node:net";
import { randomInt } from "node:crypto";

// Below the range from which Linux takes ports for outgoing connections, so that none takes ours while a process restarts.
const lowest = 20_000;
const highest = 32_000;

/** Finds ports of 127.0.0.1 that nobody listens on; distinct ones within a call. */
export async function findFreePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = randomInt(lowest, highest);
    if (!found.has(port) && (await isPortFree(port))) found.add(port);
  }
  return [...found];
}

/** Whether a process could listen on this port of 127.0.0.1 now. */
export async function isPortFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
