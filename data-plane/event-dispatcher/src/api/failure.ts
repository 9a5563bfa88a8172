/** Why a request cannot be answered as asked; becomes a Kubernetes `Status`. */
export class ApiFailure extends Error {
  override name = "ApiFailure";
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.reason = reason;
  }

  /** The `Status` object with which the API server itself would answer. */
  toStatus(): object {
    const { status: code, reason, message } = this;
    return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason, code };
  }
}

export function badRequest(message: string): ApiFailure {
  return new ApiFailure(400, "BadRequest", message);
}

export function notFound(message = "the server could not find the requested resource"): ApiFailure {
  return new ApiFailure(404, "NotFound", message);
}

export function conflict(message: string): ApiFailure {
  return new ApiFailure(409, "Conflict", message);
}

export function unavailable(message: string, cause?: unknown): ApiFailure {
  return new ApiFailure(503, "ServiceUnavailable", message, { cause });
}

export function methodNotAllowed(message: string): ApiFailure {
  return new ApiFailure(405, "MethodNotAllowed", message);
}

export function tooMany(message: string): ApiFailure {
  return new ApiFailure(429, "TooManyRequests", message);
}

/** The `Status` of something that was done. */
export function success(): object {
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success" };
}
