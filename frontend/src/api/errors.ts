/** What the server said went wrong; `message` is a sentence meant for people. */
export class RequestError extends Error {
  readonly code: string;
  /** Set when the cause is only in the server's log: the id to look for there. */
  readonly id: string | undefined;

  constructor(message: string, code: string, id?: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
    this.id = id;
  }
}

/** No session, or it ended: the person has to open a sign-in link. */
export class UnauthenticatedError extends RequestError {}
/** Kubernetes refuses this to the user. */
class ForbiddenError extends RequestError {}
export class NotFoundError extends RequestError {}
/** Somebody else changed the object meanwhile. */
export class ConflictError extends RequestError {}
class AlreadyExistsError extends RequestError {}
/** The API server or the BFF refuses the input. */
export class InvalidError extends RequestError {}
/** Neither the BFF nor the cluster could be reached; trying again may help. */
export class UnavailableError extends RequestError {}

const classes: Record<string, new (message: string, code: string, id?: string) => RequestError> = {
  UNAUTHENTICATED: UnauthenticatedError,
  FORBIDDEN: ForbiddenError,
  NOT_FOUND: NotFoundError,
  CONFLICT: ConflictError,
  ALREADY_EXISTS: AlreadyExistsError,
  INVALID: InvalidError,
  BAD_INPUT: InvalidError,
  UNAVAILABLE: UnavailableError,
};

/** A GraphQL error as it stands in an answer. */
export interface GraphQLErrorShape {
  message: string;
  extensions?: Record<string, unknown> | undefined;
}

/** Turns the first error of an answer into the class that fits `extensions.code`. */
export function toRequestError(errors: readonly GraphQLErrorShape[]): RequestError {
  const [first] = errors;
  const code = text(first?.extensions?.["code"]) ?? "INTERNAL";
  const ErrorClass = classes[code] ?? RequestError;
  return new ErrorClass(
    first?.message ?? "The server sent an error without a message.",
    code,
    text(first?.extensions?.["id"]),
  );
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The sentence to show for anything that was thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
