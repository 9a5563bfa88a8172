import type { Readable, Writable } from "node:stream";
import type { TerminalSize } from "./command.ts";

/** How a session ended, as a Status of the API: what kubectl makes its own exit code of. */
export interface SessionStatus {
  metadata: object;
  status: "Success" | "Failure";
  reason?: string;
  message?: string;
  code?: number;
  details?: { causes: { reason: string; message: string }[] };
}

/** The client's side of an exec or attach, whatever it is carried by. */
export interface RemoteStreams {
  stdin?: Readable;
  stdout?: Writable;
  stderr?: Writable;
  /** Calls back for each new size of the client's terminal. */
  onResize(listener: (size: TerminalSize) => void): void;
  /** Settles when the client is gone, or all is said. */
  closed: Promise<void>;
  /** The last word. */
  finish(status: SessionStatus): void;
}

/** The status of a command that ended with `code`. */
export function exitStatus(code: number): SessionStatus {
  if (code === 0) return { metadata: {}, status: "Success" };
  return {
    metadata: {},
    status: "Failure",
    reason: "NonZeroExitCode",
    message: `command terminated with non-zero exit code: exit status ${code}`,
    details: { causes: [{ reason: "ExitCode", message: String(code) }] },
  };
}

/** The status of what went wrong here. */
export function failureStatus(message: string): SessionStatus {
  return { metadata: {}, status: "Failure", reason: "InternalError", message, code: 500 };
}

/** The size in one message of a resize stream (`{"Width":80,"Height":24}`); undefined when it is none. */
export function parseSize(text: string): TerminalSize | undefined {
  try {
    const { Width, Height } = JSON.parse(text) as { Width?: unknown; Height?: unknown };
    if (typeof Width !== "number" || typeof Height !== "number") return undefined;
    return { columns: Width, rows: Height };
  } catch {
    return undefined;
  }
}
