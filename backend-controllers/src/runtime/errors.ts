/** Retrying cannot help: the error is reported once and the key rests until something changes. */
export class TerminalError extends Error {
  override readonly name = "TerminalError";
}

/** Another process holds the lease now; this one must end, for it may no longer write. */
export class LeadershipLostError extends Error {
  override readonly name = "LeadershipLostError";
}

/** Errors that only a defect of the program explains. */
export function isProgrammingError(error: unknown): boolean {
  return error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
}
