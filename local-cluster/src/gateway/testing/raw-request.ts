import { connect } from "node:net";

export interface RawAnswer {
  status: number;
  text: string;
  /** Whether the server closed the connection by itself. */
  closed: boolean;
}

/** Writes bytes as they are and reads until the server closes or `quietMs` pass without a byte after an answer began. */
export async function rawRequest(
  port: number,
  bytes: string | Buffer,
  quietMs = 300,
  host = "127.0.0.1",
): Promise<RawAnswer> {
  const socket = connect({ port, host });
  const { promise, resolve } = Promise.withResolvers<boolean>();
  let text = "";
  let timer: NodeJS.Timeout | undefined;
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => {
    text += chunk;
    clearTimeout(timer);
    timer = setTimeout(() => resolve(false), quietMs);
  });
  socket.on("error", () => resolve(true));
  socket.on("close", () => resolve(true));
  socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
  const closed = await promise;
  clearTimeout(timer);
  socket.destroy();
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text, closed };
}

/** A GET with any target and Host as they are. */
export function rawGet(port: number, target: string, host: string, more = ""): Promise<RawAnswer> {
  return rawRequest(port, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n${more}Connection: close\r\n\r\n`);
}
