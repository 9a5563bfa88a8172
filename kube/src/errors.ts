/** The `Status` object with which the API server answers a failed request. */
export interface Status {
  kind?: string;
  message?: string;
  reason?: string;
  code?: number;
  details?: StatusDetails;
}

export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  retryAfterSeconds?: number;
  causes?: StatusCause[];
}

/** For an apply conflict: reason FieldManagerConflict, field ".spec.replicas", message naming the manager. */
export interface StatusCause {
  reason?: string;
  message?: string;
  field?: string;
}

export class ApiError extends Error {
  readonly status: number;
  readonly reason: string;
  readonly details: StatusDetails;

  constructor(status: number, body: Status) {
    super(body.message ?? `the API server answered ${status}`);
    this.name = new.target.name;
    this.status = status;
    this.reason = body.reason ?? "";
    this.details = body.details ?? {};
  }
}

export class UnauthorizedError extends ApiError {}
export class ForbiddenError extends ApiError {}
export class NotFoundError extends ApiError {}
export class AlreadyExistsError extends ApiError {}
/** A stale resourceVersion, or fields that another manager owns (then `causes` names them). */
export class ConflictError extends ApiError {
  get causes(): StatusCause[] {
    return this.details.causes ?? [];
  }
}
/** The resourceVersion is too old: list again. */
export class GoneError extends ApiError {}
export class InvalidError extends ApiError {}
/** 429, or any answer that says when to come back. */
export class TooManyRequestsError extends ApiError {
  readonly retryAfterMs: number;
  constructor(status: number, body: Status, retryAfterMs: number) {
    super(status, body);
    this.retryAfterMs = retryAfterMs;
  }
}
/** 5xx, or no answer at all (then status is 0). */
export class UnavailableError extends ApiError {}
/** More bytes than are read of one answer; asking again would bring them again. */
export class AnswerTooLargeError extends ApiError {
  constructor(limit: number) {
    super(0, { message: `the API server's answer is larger than ${Math.round(limit / 2 ** 20)} MiB` });
  }
}

const byStatus: Record<number, new (status: number, body: Status) => ApiError> = {
  400: InvalidError,
  401: UnauthorizedError,
  403: ForbiddenError,
  404: NotFoundError,
  410: GoneError,
  422: InvalidError,
};

/** Turns a failed answer into its class. `retryAfter` is the header, in seconds. */
export function toApiError(status: number, body: string, retryAfter?: string): ApiError {
  const parsed = parseStatus(body);
  const seconds = Number(retryAfter ?? parsed.details?.retryAfterSeconds);
  if (status === 429 || (status === 503 && seconds > 0)) {
    return new TooManyRequestsError(status, parsed, seconds > 0 ? seconds * 1000 : 1000);
  }
  if (status === 409) {
    return new (parsed.reason === "AlreadyExists" ? AlreadyExistsError : ConflictError)(status, parsed);
  }
  const known = byStatus[status] ?? (status >= 500 ? UnavailableError : ApiError);
  return new known(status, parsed);
}

/** A request that got no answer: refused, reset, timed out. */
export function unreachable(cause: unknown): UnavailableError {
  const text = cause instanceof Error ? cause.message || cause.name : String(cause);
  const error = new UnavailableError(0, { message: `the API server cannot be reached: ${text}` });
  error.cause = cause;
  return error;
}

function parseStatus(body: string): Status {
  try {
    const parsed: unknown = JSON.parse(body);
    if (parsed && typeof parsed === "object" && (parsed as Status).kind === "Status") return parsed;
  } catch {
    // Not JSON: a proxy's page or plain text.
  }
  const text = body.trim();
  return text === "" || text.startsWith("<") ? {} : { message: text.slice(0, 500) };
}
