import { ApiError, ForbiddenError, NotFoundError, UnauthorizedError } from "@kyma/kube/errors.ts";
import type { ResourceType } from "@kyma/kube/objects.ts";
import { kindKey } from "@kyma/kube/resource-types.ts";

/** As EventingProblem in the SDL. */
export interface EventingProblem {
  kind: "NOT_INSTALLED" | "FORBIDDEN" | "UNAVAILABLE";
  message: string;
}

/** What was tried. */
export interface Attempted {
  verb: "get" | "list" | "watch";
  type: ResourceType;
  /** Absent: in all namespaces, or of the cluster. */
  namespace?: string | undefined;
}

/** What a failure means for the person. Pure. */
export function problemOf(error: unknown, { verb, type, namespace }: Attempted): EventingProblem {
  if (error instanceof ForbiddenError || error instanceof UnauthorizedError) {
    const place = namespace === undefined ? "in the whole cluster" : `in namespace ${namespace}`;
    return { kind: "FORBIDDEN", message: `You may not ${verb} ${kindKey(type)} ${place}.` };
  }
  if (error instanceof NotFoundError)
    return {
      kind: "NOT_INSTALLED",
      message: `This cluster does not serve ${type.group}, so nothing of it can be shown.`,
    };
  return { kind: "UNAVAILABLE", message: sentenceOf(error) };
}

/** The dispatcher's own failures are sentences; what the API server says for it is not. */
function sentenceOf(error: unknown): string {
  const { reason, message } = error as Partial<ApiError>;
  if (error instanceof ApiError && reason) return asSentence(error.message);
  return asSentence(`The event dispatcher gives no answer: ${message ?? String(error)}`);
}

/** With a capital letter and a full stop. Pure. */
export function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}
