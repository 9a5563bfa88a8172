import type { IncomingMessage } from "node:http";
import { syncBuiltinESMExports } from "node:module";
import type { Socket } from "node:net";
import workerThreads from "node:worker_threads";
import { writeStderr } from "./termination.ts";
import {
  createWatchdogMemory,
  labelLength,
  loopAnswered,
  loopRunning,
  slotCount,
  type WatchdogData,
} from "./watchdog-memory.ts";

const slotOfSocket = Symbol("watchdog slot");
type WatchedSocket = Socket & { [slotOfSocket]?: number; _handle?: { fd?: number } | null };

/**
 * Lets a thread of its own answer the open requests and end the process when Function code blocks the
 * event loop beyond its time: a blocked loop can neither run a timer nor send an answer.
 * The thread writes to the sockets' file descriptors, which all threads of a process share.
 */
export class Watchdog {
  readonly #memory = createWatchdogMemory();
  readonly #labels = Buffer.from(this.#memory.labels.buffer);
  readonly #free = Array.from({ length: slotCount }, (_, index) => slotCount - 1 - index);

  /**
   * Starts the thread. Resolves when Function code may be loaded: under Node's permission model no further thread can
   * be started from then on, because a thread could shed the restrictions that the process has.
   */
  async start(timeoutMilliseconds: number): Promise<void> {
    const { port1, port2 } = new workerThreads.MessageChannel();
    const { memory } = this;
    memory.loadingSince[0] = performance.now();
    port1.on("message", (ping: number) => Atomics.store(memory.loop, loopAnswered, ping));
    port1.unref();
    try {
      await startThread({ memory, port: port2, timeoutMilliseconds, timeOrigin: performance.timeOrigin });
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? String(error);
      writeStderr(
        `Calls that block the event loop will not be answered 408: no thread can be started (${reason}).`,
      );
    }
  }

  /** Notes that the handler is loaded. */
  loaded(): void {
    this.#memory.loadingSince[0] = 0;
  }

  get memory(): WatchdogData["memory"] {
    return this.#memory;
  }

  /** Watches a connection from now until it closes. */
  connect(socket: WatchedSocket): void {
    const descriptor = socket._handle?.fd ?? -1;
    const slot = descriptor < 0 ? undefined : this.#free.pop();
    socket[slotOfSocket] = slot ?? -1;
    if (slot === undefined) return;
    this.#memory.descriptors[slot] = descriptor;
    socket.once("close", () => {
      this.#memory.descriptors[slot] = -1;
      this.leave(slot);
      this.#free.push(slot);
    });
  }

  /** Notes that a call begins. Returns its slot, or -1. */
  enter(request: IncomingMessage, startedAt: number): number {
    const slot = (request.socket as WatchedSocket)[slotOfSocket] ?? -1;
    if (slot < 0) return slot;
    const { loop, startedAt: starts, labelLengths } = this.#memory;
    labelLengths[slot] = this.#labels.write(
      `${request.method} ${request.url}`,
      slot * labelLength,
      labelLength,
      "latin1",
    );
    starts[slot] = startedAt;
    loop[loopRunning] = slot + 1;
    return slot;
  }

  /** Notes that the Function has given the event loop back. */
  yield(): void {
    this.#memory.loop[loopRunning] = 0;
  }

  /** Notes that the Function itself may send parts of its answer from now on. */
  begin(slot: number): void {
    if (slot >= 0) this.#memory.begun[slot] = 1;
  }

  /** Notes that a call is over. */
  leave(slot: number): void {
    if (slot < 0) return;
    this.#memory.startedAt[slot] = 0;
    this.#memory.begun[slot] = 0;
  }
}

/** What of Node's process.permission there is: `drop` since Node 24. */
const { permission } = process as { permission?: { drop?: (scope: string) => void } };

async function startThread(workerData: WatchdogData): Promise<void> {
  const file = import.meta.url.endsWith(".ts") ? "./watchdog-thread.ts" : "./watchdog-thread.js";
  const worker = new workerThreads.Worker(new URL(file, import.meta.url), {
    workerData,
    transferList: [workerData.port],
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1, stackSizeMb: 1 },
  });
  worker.on("error", (error) =>
    writeStderr(`Calls that block the event loop are no longer answered 408: ${error}`),
  );
  worker.unref();
  if (permission === undefined) return;
  if (typeof permission.drop === "function") return permission.drop("worker");
  await new Promise<void>((resolve, reject) => {
    worker.once("online", resolve).once("error", reject);
  });
  hideThreads();
}

/**
 * A thread started with `execArgv: []` is free of the permission model (Node documents that it is not inherited).
 * Before Node 24 the right to start threads cannot be given back, so the ways to use it are taken away. The watchdog
 * must be online by then: its thread tells nothing more, so that no event can hand the `Worker` to the Function.
 */
function hideThreads(): void {
  function refuse(): never {
    throw Object.assign(new Error("A Function cannot start threads."), { code: "ERR_ACCESS_DENIED" });
  }
  const fixed = { configurable: false, writable: false };
  Object.defineProperty(workerThreads.Worker.prototype, "constructor", { ...fixed, value: refuse });
  Object.defineProperty(workerThreads, "Worker", { ...fixed, value: refuse });
  Object.defineProperty(process.getBuiltinModule("node:module"), "register", { ...fixed, value: refuse });
  syncBuiltinESMExports();
}
