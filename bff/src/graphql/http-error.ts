import type { ServerResponse } from "node:http";
import type { Logger } from "pino";
import { presentError } from "./errors.ts";

const statuses: Record<string, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_INPUT: 400,
  INVALID: 400,
  UNAVAILABLE: 503,
};

/** Answers a download that could not begin with what GraphQL would say; one that broke off is cut, so that nobody takes it for whole. */
export function answerError(response: ServerResponse, error: unknown, log: Logger): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const { message, extensions } = presentError(error, log);
  const code = String(extensions["code"]);
  for (const header of response.getHeaderNames())
    if (header === "content-disposition") response.removeHeader(header);
  response.setHeader("content-type", "application/json; charset=utf-8");
  response.setHeader("cache-control", "no-store");
  response
    .writeHead(statuses[code] ?? 500)
    .end(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}
