import type { GraphQLErrorShape } from "./errors.ts";
import { RequestError, toRequestError, UnauthenticatedError, UnavailableError } from "./errors.ts";
import type { TypedDocumentString } from "./generated/graphql.ts";

interface Answer<Data> {
  data?: Data | null;
  errors?: GraphQLErrorShape[];
}

const unreachable = "The console's server cannot be reached. Is `npm start` still running?";

/**
 * Sends one query or mutation.
 * @throws {RequestError} of the class that fits the answer's code; UnavailableError when there was no answer.
 */
export async function request<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  ...[variables, signal]: Record<string, never> extends Variables
    ? [variables?: Variables, signal?: AbortSignal]
    : [variables: Variables, signal?: AbortSignal]
): Promise<Data> {
  const response = await post(JSON.stringify({ query: document.toString(), variables }), signal);
  const answer = await readAnswer<Data>(response);
  if (answer.errors && answer.errors.length > 0) throw toRequestError(answer.errors);
  if (answer.data === undefined || answer.data === null) {
    throw new RequestError("The server's answer holds no data.", "INTERNAL");
  }
  return answer.data;
}

async function post(body: string, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
      body,
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new UnavailableError(unreachable, "UNAVAILABLE");
  }
}

async function readAnswer<Data>(response: Response): Promise<Answer<Data>> {
  try {
    return (await response.json()) as Answer<Data>;
  } catch {
    if (response.status === 401) throw new UnauthenticatedError("You are not signed in.", "UNAUTHENTICATED");
    if (response.status >= 502) throw new UnavailableError(unreachable, "UNAVAILABLE");
    throw new RequestError(`The server answered ${response.status} without JSON.`, "INTERNAL");
  }
}
