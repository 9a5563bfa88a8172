import type { MessagePort } from "node:worker_threads";

/** Connections that can be watched at once; more are served, but not answered when the event loop is blocked. */
export const slotCount = 1024;

/** Bytes kept of a request's method and path, to name it in the log. */
export const labelLength = 128;

/** Memory that the server writes and the watchdog's thread reads. One slot per connection. */
export interface WatchdogMemory {
  /** [0]: the last ping that the event loop has answered; [1]: the slot whose Function code runs now, plus one. */
  loop: Int32Array<SharedArrayBuffer>;
  /** When the loading of the handler began; 0 once it is loaded. */
  loadingSince: Float64Array<SharedArrayBuffer>;
  /** File descriptor of the connection, or -1. */
  descriptors: Int32Array<SharedArrayBuffer>;
  /** When the call began, in the server's `performance.now()`; 0 if there is none. */
  startedAt: Float64Array<SharedArrayBuffer>;
  /** 1 once the Function may have sent a part of the answer itself: then no other answer can be sent. */
  begun: Uint8Array<SharedArrayBuffer>;
  /** Method and path of the call, in Latin-1. */
  labels: Uint8Array<SharedArrayBuffer>;
  labelLengths: Uint8Array<SharedArrayBuffer>;
}

/** A handler that blocks the event loop for so long while it is loaded will not get ready any more. */
export const loadTimeoutMilliseconds = 20_000;

/** What the watchdog's thread is started with. */
export interface WatchdogData {
  memory: WatchdogMemory;
  port: MessagePort;
  timeoutMilliseconds: number;
  /** `performance.timeOrigin` of the server's thread. */
  timeOrigin: number;
}

export const loopAnswered = 0;
export const loopRunning = 1;

export function createWatchdogMemory(): WatchdogMemory {
  return {
    loop: new Int32Array(new SharedArrayBuffer(8)),
    loadingSince: new Float64Array(new SharedArrayBuffer(8)),
    descriptors: new Int32Array(new SharedArrayBuffer(4 * slotCount)).fill(-1),
    startedAt: new Float64Array(new SharedArrayBuffer(8 * slotCount)),
    begun: new Uint8Array(new SharedArrayBuffer(slotCount)),
    labels: new Uint8Array(new SharedArrayBuffer(labelLength * slotCount)),
    labelLengths: new Uint8Array(new SharedArrayBuffer(slotCount)),
  };
}
