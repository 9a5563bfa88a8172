import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { Caller, GraphqlContext } from "../graphql/context.ts";
import type { GraphqlServer } from "../graphql/yoga.ts";

/** A Function's source or a request body of 1 MiB, escaped as JSON, has room in it. */
const longestBody = 4 * 1024 * 1024;

/** A request that is refused before it is looked at any further. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Answers POST /graphql for a caller whose session and origin were checked. */
export async function answerGraphql(
  graphql: GraphqlServer,
  {
    request,
    response,
    caller,
    log,
  }: { request: IncomingMessage; response: ServerResponse; caller: Caller; log: Logger },
): Promise<void> {
  const body = await readBody(request);
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const context: GraphqlContext = { caller, transport: "http", signal: gone.signal, log };
  const answer = await graphql.fetch(
    "http://console/graphql",
    {
      method: "POST",
      // Only what GraphQL needs: no header of the client reaches anything behind.
      headers: { "content-type": "application/json", accept: "application/json" },
      body,
      signal: gone.signal,
    },
    context,
  );
  response.setHeader("content-type", "application/json; charset=utf-8");
  response.setHeader("cache-control", "no-store");
  response.writeHead(answer.status).end(await answer.text());
}

/** Is the request one that no HTML form or link can send? */
export function checkGraphqlRequest(request: IncomingMessage): void {
  if (request.method !== "POST") throw new Refusal(405, "BAD_INPUT", "GraphQL takes POST requests only");
  const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new Refusal(415, "BAD_INPUT", "the body must be application/json");
  if (request.headers["content-encoding"])
    throw new Refusal(415, "BAD_INPUT", "the body must not be compressed");
}

async function readBody(request: IncomingMessage): Promise<string> {
  const tooLong = new Refusal(413, "BAD_INPUT", `the body is longer than ${longestBody} bytes`);
  if (Number(request.headers["content-length"]) > longestBody) throw tooLong;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > longestBody) throw tooLong;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
