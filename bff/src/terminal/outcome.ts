import type { Status } from "@kyma/kube/errors.ts";

/** How a command in a container ended. */
export type Outcome =
  | { reason: "EXITED"; exitCode: number; message: string }
  /** The command is not there: try another. */
  | { reason: "NOT_THERE"; message: string }
  | { reason: "FAILED"; message: string };

const missing =
  /executable file not found|no such file or directory|not found in \$PATH|ENOENT|cannot find the (file|path)/i;

/** May this be a runtime's complaint about a program that is not there? Pure. */
export function isComplaint(output: string): boolean {
  return missing.test(output) || output.startsWith("OCI runtime exec failed");
}

/**
 * What the API server's last word on a command means; runtimes say in their own ways that a program is missing. `output`: what the
 * command wrote at first. Pure.
 */
export function outcomeOf(status: Status & { status?: string }, output: string): Outcome {
  if (status.status === "Success") return { reason: "EXITED", exitCode: 0, message: "" };
  const message = status.message ?? "The command ended without a word.";
  const cause = status.details?.causes?.find(({ reason }) => reason === "ExitCode");
  const exitCode = cause ? Number(cause.message) : undefined;
  if (missing.test(message)) return { reason: "NOT_THERE", message };
  // CRI-O and old Docker report a missing program as an exit code of their own.
  if ((exitCode === 126 || exitCode === 127) && (output === "" || missing.test(output)))
    return { reason: "NOT_THERE", message };
  if (exitCode !== undefined) return { reason: "EXITED", exitCode, message };
  return { reason: "FAILED", message };
}
