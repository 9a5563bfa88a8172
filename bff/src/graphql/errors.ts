import {
  AlreadyExistsError,
  ApiError,
  ConflictError,
  ForbiddenError,
  InvalidError,
  NotFoundError,
  UnauthorizedError,
} from "@kyma/kube/errors.ts";
import { GraphQLError } from "graphql";
import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { ZodError } from "zod";

export type ErrorCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "CONFLICT"
  | "ALREADY_EXISTS"
  | "INVALID"
  | "BAD_INPUT"
  | "UNAVAILABLE"
  | "INTERNAL";

/** An error whose message is meant for the person. */
export function userError(code: ErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

export function badInput(message: string): GraphQLError {
  return userError("BAD_INPUT", message);
}

/** What the client may see of an error: known ones with their code, all others as an id under which the log has the rest. */
export function presentError(error: unknown, log: Logger): GraphQLError {
  const cause = error instanceof GraphQLError ? deepest(error) : error;
  const place = error instanceof GraphQLError ? placeOf(error) : {};
  if (cause instanceof GraphQLError) return withoutSuggestion(cause, place);
  if (cause instanceof ApiError)
    return new GraphQLError(messageOf(cause), { ...place, extensions: apiExtensions(cause) });
  if (cause instanceof ZodError) {
    return new GraphQLError(zodMessage(cause), { ...place, extensions: { code: "BAD_INPUT" } });
  }
  const id = randomUUID();
  log.error({ err: cause, id }, "a request failed unexpectedly");
  return new GraphQLError(`internal error ${id}`, { ...place, extensions: { code: "INTERNAL", id } });
}

function deepest(error: GraphQLError): unknown {
  const { originalError } = error;
  if (!originalError) return error;
  return originalError instanceof GraphQLError ? deepest(originalError) : originalError;
}

function placeOf(error: GraphQLError): {
  path?: readonly (string | number)[];
  nodes?: NonNullable<GraphQLError["nodes"]>;
} {
  return { ...(error.path ? { path: error.path } : {}), ...(error.nodes ? { nodes: error.nodes } : {}) };
}

function withoutSuggestion(error: GraphQLError, place: ReturnType<typeof placeOf>): GraphQLError {
  return new GraphQLError(error.message.replace(/ Did you mean [^?]*\?/g, ""), {
    ...placeOf(error),
    ...place,
    ...(error.source && error.positions ? { source: error.source, positions: error.positions } : {}),
    extensions: { code: "BAD_INPUT", ...error.extensions },
  });
}

function messageOf(error: ApiError): string {
  return error instanceof UnauthorizedError
    ? "the API server does not accept the credentials in the kubeconfig any more"
    : error.message;
}

function apiExtensions(error: ApiError): Record<string, unknown> {
  const causes = error.details.causes?.map(({ field, message }) => ({
    field: field ?? "",
    message: message ?? "",
  }));
  return { code: codeOf(error), ...(causes ? { causes } : {}) };
}

/** A 401 of the API server is FORBIDDEN here: signing in to the console again would not help. */
function codeOf(error: ApiError): ErrorCode {
  if (error instanceof UnauthorizedError || error instanceof ForbiddenError) return "FORBIDDEN";
  if (error instanceof NotFoundError) return "NOT_FOUND";
  if (error instanceof AlreadyExistsError) return "ALREADY_EXISTS";
  if (error instanceof ConflictError) return "CONFLICT";
  if (error instanceof InvalidError) return error.status === 400 ? "BAD_INPUT" : "INVALID";
  if (error.status === 405 || error.status === 413 || error.status === 415) return "BAD_INPUT";
  return "UNAVAILABLE";
}

function zodMessage(error: ZodError): string {
  return error.issues
    .map(({ path, message }) => `${path.map(String).join(".") || "input"}: ${message}`)
    .join("; ");
}
