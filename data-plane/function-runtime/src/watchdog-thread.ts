import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { workerData } from "node:worker_threads";
import { reportEnd } from "./termination.ts";
import {
  labelLength,
  loadTimeoutMilliseconds,
  loopAnswered,
  loopRunning,
  slotCount,
  type WatchdogData,
} from "./watchdog-memory.ts";

const { memory, port, timeoutMilliseconds, timeOrigin } = workerData as WatchdogData;
const seconds = timeoutMilliseconds / 1000;
const longestSleep = Math.min(timeoutMilliseconds / 4, 1000);
const shortestSleep = Math.min(20, longestSleep);

let lastPing = 0;
let pingedAt = 0;

watch();

/**
 * While calls are open, asks the event loop for a sign of life. It is stuck when a call is overdue and no
 * sign came for half of the time that a call may take: a live loop would have answered that call itself.
 */
function watch(): void {
  const now = performance.timeOrigin + performance.now() - timeOrigin;
  const loadingSince = memory.loadingSince[0] ?? 0;
  const since = loadingSince || oldestStart();
  const limit = loadingSince === 0 ? timeoutMilliseconds : loadTimeoutMilliseconds;
  if (since === 0) return void setTimeout(watch, longestSleep);
  if (Atomics.load(memory.loop, loopAnswered) === lastPing) {
    lastPing = (lastPing + 1) | 0;
    pingedAt = now;
    port.postMessage(lastPing);
  } else if (now - since >= limit && now - pingedAt >= limit / 2) {
    return loadingSince === 0 ? endStuckCalls(now) : endStuckLoading();
  }
  setTimeout(watch, Math.min(longestSleep, Math.max(shortestSleep, limit - (now - since))));
}

function oldestStart(): number {
  let oldest = 0;
  for (const startedAt of memory.startedAt) {
    if (startedAt !== 0 && (oldest === 0 || startedAt < oldest)) oldest = startedAt;
  }
  return oldest;
}

function endStuckLoading(): void {
  const limit = loadTimeoutMilliseconds / 1000;
  endProcess(
    `The Function's source has blocked the event loop for ${limit} s while it was loaded: is there an endless loop?`,
  );
}

/** Overdue calls are answered 408; what else has been sent on these connections, 503. Then the process ends. */
function endStuckCalls(now: number): void {
  const id = randomUUID();
  for (let slot = 0; slot < slotCount; slot++) {
    const descriptor = memory.descriptors[slot] ?? -1;
    if (descriptor >= 0) answer(slot, descriptor, now, id);
  }
  const running = (memory.loop[loopRunning] ?? 0) - 1;
  const culprit =
    running >= 0
      ? `The call ${label(running)} (request ${id})`
      : "Code of the Function, after a call had returned,";
  endProcess(
    `${culprit} has blocked the event loop for ${seconds} s (FUNC_TIMEOUT): it was answered 408 and the Function restarts.`,
  );
}

/** Exit code 142 tells this end from that of a container out of memory, which is 137. */
function endProcess(sentence: string): void {
  reportEnd(sentence);
  process.kill(process.pid, "SIGALRM");
  setTimeout(() => process.kill(process.pid, "SIGKILL"), 100);
}

function answer(slot: number, descriptor: number, now: number, id: string): void {
  if (memory.begun[slot] === 1) return;
  const hasUnread = drain(descriptor);
  const startedAt = memory.startedAt[slot] ?? 0;
  if (startedAt === 0 && !hasUnread) return;
  const isOverdue = startedAt !== 0 && now - startedAt >= timeoutMilliseconds;
  const text = isOverdue
    ? `The Function did not answer within ${seconds} seconds.`
    : "The Function restarts, because another call blocked it.";
  write(descriptor, [
    isOverdue ? "HTTP/1.1 408 Request Timeout" : "HTTP/1.1 503 Service Unavailable",
    "Access-Control-Allow-Origin: *",
    "Content-Type: text/plain; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(text)}`,
    `X-Request-Id: ${id}`,
    ...(isOverdue ? [] : ["Retry-After: 1"]),
    "Connection: close",
    "",
    text,
  ]);
}

/** Takes in what the server has not read: closing a socket with unread bytes resets it, and the answer would be lost. */
function drain(descriptor: number): boolean {
  const bytes = Buffer.alloc(65_536);
  let hasRead = false;
  try {
    for (let rounds = 0; rounds < 64 && fs.readSync(descriptor, bytes) > 0; rounds++) hasRead = true;
  } catch {
    // EAGAIN: nothing more is there.
  }
  return hasRead;
}

function write(descriptor: number, lines: string[]): void {
  try {
    fs.writeSync(descriptor, lines.join("\r\n"));
  } catch {
    // The client has gone, or takes nothing in.
  }
}

function label(slot: number): string {
  const start = slot * labelLength;
  const bytes = memory.labels.slice(start, start + (memory.labelLengths[slot] ?? 0));
  return Buffer.from(bytes).toString("latin1").split("?")[0] ?? "";
}
