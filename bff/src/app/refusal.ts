import type { ServerResponse } from "node:http";

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

export const notSignedIn = new Refusal(
  401,
  "UNAUTHENTICATED",
  "not signed in: open the link that npm start printed, it is also in the file console-url",
);

export function foreign(): Refusal {
  return new Refusal(403, "FORBIDDEN", "the request comes from a page of another origin");
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.setHeader("content-type", "application/json; charset=utf-8");
  response.setHeader("cache-control", "no-store");
  response.writeHead(status).end(JSON.stringify(value));
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  response.setHeader("content-type", "text/plain; charset=utf-8");
  response.writeHead(status).end(text.endsWith("\n") ? text : `${text}\n`);
}
