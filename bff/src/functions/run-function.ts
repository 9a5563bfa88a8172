import type { KymaFunction } from "@kyma/crds/generated/functions.gen.ts";
import { functions } from "@kyma/crds/resource-types.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { ApiError, ForbiddenError, NotFoundError, UnauthorizedError } from "@kyma/kube/errors.ts";
import type { ObjectKey } from "@kyma/kube/objects.ts";
import { badInput } from "../graphql/errors.ts";
import { callService, droppedHeaders, type ProxyAnswer } from "../resources/service-proxy.ts";

export interface RunRequest {
  method: string;
  path: string;
  headers: { name: string; value: string }[];
  body?: string | null;
}

export interface RunAnswer {
  status: number;
  statusText: string;
  headers: { name: string; value: string }[];
  body: string;
  base64: boolean;
  truncated: boolean;
  durationMs: number;
  error: string | null;
  note: string | null;
}

/** A Function may take 180 s by default; a little more lets its own 408 come through. */
const timeoutMs = 200_000;

/** Calls a Function as the person, through its Service, so that nothing need be exposed. */
export async function runFunction(
  kube: KubeClient,
  key: ObjectKey & { namespace: string },
  request: RunRequest,
  signal: AbortSignal,
): Promise<RunAnswer> {
  const method = request.method.toUpperCase();
  if (request.body && (method === "GET" || method === "HEAD"))
    throw badInput(`a ${method} request carries no body; choose POST or PUT`);
  // Only a Function's own Service is called, not any that the person could reach.
  await kube.get<KymaFunction>(functions, key, { signal });
  const note = noteOn(request);
  const started = performance.now();
  const elapsed = (): number => performance.now() - started;
  try {
    const answer = await callService(
      kube,
      { namespace: key.namespace, service: key.name, port: 80 },
      { ...request, method, body: request.body ?? undefined, signal, timeoutMs },
    );
    return { ...present(answer), durationMs: elapsed(), error: null, note };
  } catch (error) {
    const isRight = error instanceof ForbiddenError || error instanceof UnauthorizedError;
    if (!(error instanceof ApiError) || isRight) throw error;
    return { ...noAnswer, durationMs: elapsed(), error: sentence(key.name, error), note };
  }
}

const noAnswer = { status: 0, statusText: "", headers: [], body: "", base64: false, truncated: false };

/** The API server takes Authorization for itself and passes it on to nobody. */
function noteOn({ headers }: RunRequest): string | null {
  const dropped = droppedHeaders(headers);
  if (dropped.length === 0) return null;
  const isToken = dropped.some((name) => name.toLowerCase() === "authorization");
  const hint = isToken ? " To try a token, expose the Function and use the probe." : "";
  return `Not sent, as the API server's proxy does not pass it on: ${dropped.join(", ")}.${hint}`;
}

function sentence(name: string, error: ApiError): string {
  if (error instanceof NotFoundError)
    return `Function "${name}" has no Service yet; wait until it is rolled out.`;
  if (/no endpoints available/.test(error.message)) {
    return `No pod of Function "${name}" is ready to answer; its status says why.`;
  }
  return `The Function gave no answer: ${error.message}`;
}

function present({
  status,
  statusText,
  headers,
  body,
  truncated,
}: ProxyAnswer): Omit<RunAnswer, "durationMs" | "error" | "note"> {
  const text = asText(body, truncated);
  return {
    status,
    statusText,
    headers: Object.entries(headers)
      .filter(([name]) => !addedByApiServer.has(name))
      .flatMap(([name, value]) => [value ?? []].flat().map((one) => ({ name, value: one }))),
    body: text ?? body.toString("base64"),
    base64: text === undefined,
    truncated,
  };
}

const addedByApiServer = new Set([
  "audit-id",
  "x-kubernetes-pf-flowschema-uid",
  "x-kubernetes-pf-prioritylevel-uid",
]);

/** Undefined when the bytes are no UTF-8 text; a character cut off at the end does not count. */
function asText(body: Buffer, truncated: boolean): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body, { stream: truncated });
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}
