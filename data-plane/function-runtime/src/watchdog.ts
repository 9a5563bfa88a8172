import type { IncomingMessage } from "node:http";
import { createRequire, syncBuiltinESMExports } from "node:module";
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
   * Starts the thread and resolves once it watches. Under Node's permission model no further thread can be
   * started afterwards: a thread could shed the restrictions that the process has.
   */
  async start(timeoutMilliseconds: number): Promise<void> {
    const { port1, port2 } = new workerThreads.MessageChannel();
    const { memory } = this;
    const workerData: WatchdogData = {
      memory,
      port: port2,
      timeoutMilliseconds,
      timeOrigin: performance.timeOrigin,
    };
    try {
      await startThread(workerData);
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? String(error);
      writeStderr(
        `Calls that block the event loop will not be answered 408: no thread can be started (${reason}).`,
      );
      return port1.close();
    }
    port1.on("message", (ping: number) => Atomics.store(memory.loop, loopAnswered, ping));
    port1.unref();
    forbidThreads();
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

async function startThread(workerData: WatchdogData): Promise<void> {
  const file = import.meta.url.endsWith(".ts") ? "./watchdog-thread.ts" : "./watchdog-thread.js";
  const worker = new workerThreads.Worker(new URL(file, import.meta.url), {
    workerData,
    transferList: [workerData.port],
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1, stackSizeMb: 1 },
  });
  await new Promise<void>((resolve, reject) => {
    worker.once("online", resolve).once("error", reject);
  });
  worker.removeAllListeners();
  worker.unref();
}

/**
 * A thread started with `execArgv: []` is free of the permission model (Node documents that it is not inherited).
 * Node 24 can give the right to start threads back; before, the ways to start one are taken away.
 */
function forbidThreads(): void {
  const { permission } = process as { permission?: { drop?: (scope: string) => void } };
  if (permission === undefined) return;
  if (typeof permission.drop === "function") return permission.drop("worker");
  const refuse = (): never => {
    throw Object.assign(new Error("A Function cannot start threads."), { code: "ERR_ACCESS_DENIED" });
  };
  const denied = { configurable: false, writable: false, value: refuse };
  Object.defineProperty(workerThreads.Worker.prototype, "constructor", denied);
  Object.defineProperty(workerThreads, "Worker", denied);
  Object.defineProperty(createRequire(import.meta.url)("node:module"), "register", denied);
  syncBuiltinESMExports();
}
