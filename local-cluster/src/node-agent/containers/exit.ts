import type { ContainerExit } from "./record.ts";

const signalBase = 128;
const longestMessage = 4096;
const longestLog = 2048;
const abortSignals = new Set([4, 5, 6, 11]);

/** What is known when a container process is gone. */
export interface ExitFacts {
  exitCode: number;
  startedAt: number;
  finishedAt: number;
  containerId: string;
  /** The agent ended it for this reason, e.g. its memory went beyond the limit. */
  outOfMemory: boolean;
  /** Content of the file at terminationMessagePath. */
  messageFile: string;
  /** The last lines of its log. */
  logTail: string;
  policy: "File" | "FallbackToLogsOnError";
}

/** Says how a container ended, as its status does. V8 giving up at the heap limit counts as out of memory, as beyond a cgroup's limit. */
export function describeExit(facts: ExitFacts): ContainerExit {
  const heapLimit = isAbort(facts.exitCode) && /FATAL ERROR: .*(heap|memory)/i.test(facts.logTail);
  const oom = facts.outOfMemory || heapLimit;
  const exitCode = oom ? 137 : facts.exitCode;
  const message = terminationMessage(facts, exitCode);
  return {
    exitCode,
    reason: oom ? "OOMKilled" : exitCode === 0 ? "Completed" : "Error",
    startedAt: facts.startedAt,
    finishedAt: facts.finishedAt,
    containerId: facts.containerId,
    ...(exitCode > signalBase && exitCode < signalBase + 65 ? { signal: exitCode - signalBase } : {}),
    ...(message ? { message } : {}),
  };
}

function isAbort(exitCode: number): boolean {
  return abortSignals.has(exitCode - signalBase);
}

function terminationMessage(facts: ExitFacts, exitCode: number): string {
  const message = facts.messageFile.slice(0, longestMessage);
  if (message || facts.policy === "File" || exitCode === 0) return message;
  return facts.logTail.trimEnd().split("\n").slice(-80).join("\n").slice(-longestLog);
}
