import type { IncomingMessage, ServerResponse } from "node:http";

/** How much of a refused body is still taken in, so that the client gets to read the answer. */
const discardLimitBytes = 64 * 1024 * 1024;
const discardLimitMilliseconds = 2000;

/**
 * Sends what a Function returned, or gave to its callback: objects as JSON, strings and bytes as they are,
 * nothing for a falsy value. Does nothing once an answer is complete.
 * @throws when the value, the status or a header cannot be sent.
 */
export function sendResult(
  response: ServerResponse,
  body: unknown,
  status?: number,
  headers?: Record<string, string>,
): void {
  if (response.writableEnded || response.destroyed) return;
  if (headers) for (const name of Object.keys(headers)) response.setHeader(name, headers[name] ?? "");
  if (status) response.statusCode = status;
  if (!body) {
    if (status && !response.headersSent)
      sendText(
        response,
        status,
        process.getBuiltinModule("node:http").STATUS_CODES[status] ?? String(status),
      );
    else response.end();
  } else if (typeof body === "string" || body instanceof Uint8Array) response.end(body);
  else if (typeof body === "object") sendJson(response, body);
  else {
    throw new TypeError(
      `The Function returned a ${typeof body}: it must return a string, an object, bytes or nothing.`,
    );
  }
}

/**
 * As {@link sendResult} for status 200 without headers of the Function: writes the head in one go, which costs
 * a fifth of setting each header.
 */
export function sendPlainResult(response: ServerResponse, body: unknown): void {
  if (response.writableEnded || response.destroyed) return;
  if (typeof body === "string") {
    response.writeHead(200, [...originHeader, "Content-Length", Buffer.byteLength(body)]);
    response.end(body);
  } else if (typeof body === "object" && body !== null && !(body instanceof Uint8Array)) {
    const text = JSON.stringify(body) as string | undefined;
    response.writeHead(200, [
      ...originHeader,
      ...jsonHeader,
      "Content-Length",
      Buffer.byteLength(text ?? ""),
    ]);
    response.end(text);
  } else {
    allowAnyOrigin(response);
    sendResult(response, body);
  }
}

const originHeader = ["Access-Control-Allow-Origin", "*"];
const jsonHeader = ["Content-Type", "application/json; charset=utf-8"];

function sendJson(response: ServerResponse, body: object): void {
  const text = JSON.stringify(body) as string | undefined;
  if (!response.headersSent && !response.hasHeader("content-type")) {
    response.setHeader("Content-Type", "application/json; charset=utf-8");
  }
  response.end(text);
}

/**
 * Answers with a status and a text of our own, dropping what the Function had set. If its answer is already
 * on the way, the connection is cut, so that the client cannot take half an answer for a whole one.
 */
export function sendFailure(
  response: ServerResponse,
  status: number,
  text: string,
  requestId?: string,
): void {
  if (response.writableEnded || response.destroyed) return;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  allowAnyOrigin(response);
  if (requestId !== undefined) response.setHeader("X-Request-Id", requestId);
  sendText(response, status, text);
}

/** Answers a request whose body is not wanted, and closes the connection once the client has had time to read. */
export function refuseBody(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text: string,
): void {
  response.shouldKeepAlive = false;
  allowAnyOrigin(response);
  response.setHeader("Content-Length", Buffer.byteLength(text));
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.statusCode = status;
  response.write(text);
  let discarded = 0;
  const finish = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(finish, discardLimitMilliseconds);
  request.on("data", (chunk: Buffer) => {
    discarded += chunk.length;
    if (discarded > discardLimitBytes) finish();
  });
  request.on("end", finish).on("close", finish).on("error", finish);
  request.resume();
}

/** Pages of any site may read every answer. */
export function allowAnyOrigin(response: ServerResponse): void {
  response.setHeader("Access-Control-Allow-Origin", "*");
}

/** Answers with a plain text, which browsers must not take for a page. */
export function sendText(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.end(text);
}
