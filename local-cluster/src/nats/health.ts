import { createConnection } from "node:net";
import type { Probe } from "../supervisor/probe.ts";

/** What the server is asked at, in its system account. */
export const healthSubject = "$SYS.REQ.SERVER.PING.HEALTHZ";
const inbox = "_INBOX.health.1";

/** The server answers, and says itself that it does not do its work. */
export class UnhealthyError extends Error {
  override name = "UnhealthyError";
}

/**
 * Asks nats-server how it is. It greets whoever connects as soon as its streams are recovered; a stream that could not be written to is found
 * in what it then says. Each question has a connection of its own, in the protocol's own words, so that nothing is kept while nobody asks.
 */
export function natsProbe(port: number, password: string): Probe {
  const login = JSON.stringify({
    user: "health",
    pass: password,
    verbose: false,
    pedantic: false,
    lang: "node",
    version: "1",
  });
  const question = `CONNECT ${login}\r\nSUB ${inbox} 1\r\nPUB ${healthSubject} ${inbox} 0\r\n\r\n`;
  return (timeoutMs) =>
    new Promise((resolve, reject) => {
      const socket = createConnection({ host: "127.0.0.1", port, timeout: timeoutMs });
      let said = "";
      const end = (problem?: Error): void => {
        socket.destroy();
        if (problem) reject(problem);
        else resolve();
      };
      socket.setEncoding("utf8");
      socket.once("timeout", () => end(new Error(`no answer within ${timeoutMs} ms`)));
      socket.once("error", end);
      socket.once("close", () => end(new Error("the server ended the connection")));
      socket.on("data", (text: string) => {
        if (said === "" && !text.startsWith("INFO "))
          return end(new Error("what listens there is not nats-server"));
        if (said === "") socket.write(question);
        said += text;
        const problem = readHealth(said);
        if (problem !== undefined) end(problem ?? undefined);
      });
    });
}

/** Undefined while the answer is not complete, null when all is well. Pure. */
export function readHealth(said: string): Error | null | undefined {
  const refusal = /^-ERR '([^']*)'/m.exec(said)?.[1];
  if (refusal !== undefined) return new Error(`the server refuses the question: ${refusal}`);
  const [header = "", length = ""] = /^MSG \S+ \S+ +(\d+)\r\n/m.exec(said) ?? [];
  const rest = Buffer.from(said.slice(said.indexOf(header) + header.length));
  if (!header || rest.length < Number(length)) return undefined;
  const { data } = JSON.parse(rest.subarray(0, Number(length)).toString()) as {
    data?: { status?: string; error?: string };
  };
  if (data?.status === "ok") return null;
  return new UnhealthyError(data?.error ?? "the server does not say how it is");
}
