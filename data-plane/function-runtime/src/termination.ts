import fs from "node:fs";

const defaultTerminationLog = "/dev/termination-log";

/** The kubelet shows at most this many bytes. */
const messageLimit = 4096;

/**
 * Says why the process ends: one sentence to stderr and to the container's termination log.
 * `detail` (a stack) goes to stderr only.
 */
export function reportEnd(sentence: string, detail?: string): void {
  writeStderr(detail === undefined ? sentence : `${sentence}\n${detail}`);
  writeTerminationLog(sentence);
}

/** As {@link reportEnd}, then exits with code 1. */
export function endWith(sentence: string, detail?: string): never {
  reportEnd(sentence, detail);
  process.exit(1);
}

/** Writes synchronously, because a process that is about to end may not get to flush a stream. */
export function writeStderr(text: string): void {
  try {
    fs.writeSync(2, `${text}\n`);
  } catch {
    // Nobody reads stderr any more: there is no other place to say so.
  }
}

/** The default file is written only where a kubelet has put one. */
function writeTerminationLog(sentence: string): void {
  const configured = process.env["TERMINATION_LOG"];
  const flags = fs.constants.O_WRONLY | fs.constants.O_TRUNC | (configured ? fs.constants.O_CREAT : 0);
  try {
    const file = fs.openSync(configured || defaultTerminationLog, flags, 0o644);
    fs.writeSync(file, Buffer.from(sentence).subarray(0, messageLimit));
    fs.closeSync(file);
  } catch {
    // Outside a container there is no such file; stderr has the sentence.
  }
}
