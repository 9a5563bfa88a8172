import type { IncomingMessage, ServerResponse } from "node:http";

/** Prints one line in Apache's "combined" format when the answer is complete or given up. */
export function logRequest(request: IncomingMessage, response: ServerResponse): void {
  const { method, url, httpVersion, headers, socket } = request;
  const client = socket.remoteAddress ?? "-";
  const time = new Date().toUTCString();
  response.once("close", () => {
    const length = response.getHeader("content-length") ?? "-";
    const line = `${method} ${url} HTTP/${httpVersion}`;
    const agents = `${quote(headers.referer)} ${quote(headers["user-agent"])}`;
    console.log(`${client} - - [${time}] ${quote(line)} ${response.statusCode} ${String(length)} ${agents}`);
  });
}

function quote(text: string | undefined): string {
  return JSON.stringify(text ?? "-");
}
