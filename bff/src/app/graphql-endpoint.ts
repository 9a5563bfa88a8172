import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { Caller, GraphqlContext } from "../graphql/context.ts";
import type { GraphqlServer } from "../graphql/yoga.ts";
import { readBody } from "./request-body.ts";

/** A Function's source or a request body of 1 MiB, escaped as JSON, has room in it. */
const longestBody = 4 * 1024 * 1024;

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
  const body = await readBody(request, longestBody);
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
