import type { KubeClient } from "@kyma/kube/client.ts";
import { toApiError } from "@kyma/kube/errors.ts";
import type { IncomingHttpHeaders } from "node:http";
import { badInput } from "../graphql/errors.ts";
import { checkNamespace } from "./references.ts";

export interface ProxyTarget {
  namespace: string;
  /** Name of the Service. */
  service: string;
  port: number;
}

export interface ProxyRequest {
  method: string;
  /** Path and query, beginning with one /. */
  path: string;
  headers: { name: string; value: string }[];
  body?: string | undefined;
  signal: AbortSignal;
  timeoutMs: number;
}

export interface ProxyAnswer {
  status: number;
  statusText: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  truncated: boolean;
}

const mostBytes = 1024 * 1024;
const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Names that never go along: they belong to one connection, or would speak for somebody else to the API server. */
const ownHeaders =
  /^(authorization|connection|content-length|expect|host|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|impersonate-.*|x-remote-.*|x-forwarded-.*|forwarded|x-webauth-.*)$/i;

/** Header names of a request that `callService` leaves out. */
export function droppedHeaders(headers: { name: string }[]): string[] {
  return headers.map(({ name }) => name).filter((name) => ownHeaders.test(name));
}

/**
 * Calls a Service through the API server's proxy with the rights of the client. What the API server itself answers (no right, no endpoint, no
 * connection) is thrown as an ApiError; any answer of the Service is returned, cut at 1 MiB.
 */
export async function callService(
  kube: KubeClient,
  target: ProxyTarget,
  request: ProxyRequest,
): Promise<ProxyAnswer> {
  checkRequest(target, request);
  const { namespace, service, port } = target;
  const path = `/api/v1/namespaces/${namespace}/services/${service}:${port}/proxy${request.path}`;
  const answer = await kube.raw(path, {
    method: request.method,
    headers: Object.fromEntries(
      request.headers
        .filter(({ name }) => !ownHeaders.test(name))
        .map(({ name, value }) => [name.toLowerCase(), value]),
    ),
    ...(request.body === undefined ? {} : { body: request.body }),
    signal: request.signal,
    timeoutMs: request.timeoutMs,
  });
  const { body, truncated } = await readSome(answer.body);
  const own = ownAnswer(answer.status, answer.headers, body);
  if (own !== undefined) throw toApiError(answer.status, own);
  return {
    status: answer.status,
    statusText: answer.body.statusMessage ?? "",
    headers: answer.headers,
    body,
    truncated,
  };
}

function checkRequest(
  { namespace, service }: ProxyTarget,
  { method, path, headers, body }: ProxyRequest,
): void {
  checkNamespace(namespace);
  checkNamespace(service);
  checkPath(path);
  if (!methods.has(method))
    throw badInput(
      `method "${method.slice(0, 20)}" cannot be sent; choose one of ${[...methods].join(", ")}`,
    );
  if (headers.length > 100) throw badInput("at most 100 headers can be sent");
  for (const { name, value } of headers) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw badInput(`"${name.slice(0, 100)}" is not a header name`);
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value) || value.length > 16_384)
      throw badInput(`the value of header "${name}" cannot be sent`);
  }
  if (body !== undefined && Buffer.byteLength(body) > mostBytes)
    throw badInput("the body is larger than 1 MiB");
}

/** A path that stays below the Service, whoever resolves it. */
export function checkPath(path: string): void {
  const [pathname = ""] = path.split("?");
  let decoded = pathname;
  try {
    // Twice: a proxy on the way may decode once more.
    for (let round = 0; round < 2; round++) decoded = decodeURIComponent(decoded);
  } catch {
    // A lone % is no encoding.
  }
  const leaves = decoded.split(/[/\\]/).some((segment) => segment === ".." || segment === ".");
  const fine =
    path.startsWith("/") &&
    !path.startsWith("//") &&
    !/[\s\\#]|[^\x21-\x7e]/.test(path) &&
    path.length <= 8192;
  if (!fine || leaves || decoded.includes("\\")) {
    throw badInput(
      `"${path.slice(0, 100)}" is no path: it begins with one /, has no "." or ".." in it, and other characters are written as %XX`,
    );
  }
}

async function readSome(
  stream: AsyncIterable<Buffer> & { destroy(): void },
): Promise<{ body: Buffer; truncated: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > mostBytes) break;
  }
  stream.destroy();
  const body = Buffer.concat(chunks);
  return { body: body.subarray(0, mostBytes), truncated: size > mostBytes };
}

/** The API server's own failures are Status objects; a Service could send one too, but not with this content by chance. */
function ownAnswer(status: number, headers: IncomingHttpHeaders, body: Buffer): string | undefined {
  if (status < 400 || !headers["content-type"]?.startsWith("application/json") || body.length > 16_384)
    return undefined;
  const text = body.toString("utf8");
  try {
    const parsed = JSON.parse(text) as {
      kind?: unknown;
      apiVersion?: unknown;
      status?: unknown;
      code?: unknown;
    } | null;
    const isStatus = parsed?.kind === "Status" && parsed.apiVersion === "v1" && parsed.status === "Failure";
    return isStatus && parsed.code === status ? text : undefined;
  } catch {
    return undefined;
  }
}
