import { request as httpRequest, STATUS_CODES, type ClientRequest, type IncomingMessage } from "node:http";
import type { LookupFunction } from "node:net";
import type { Duplex } from "node:stream";
import { failureAnswer } from "./deliver.ts";
import type { ResponseChange } from "./exchange.ts";
import { sanitisedHeaders, type HeaderList } from "./headers.ts";

export interface UpgradeTarget {
  address: string;
  port: number;
  /** For targets outside the cluster. */
  lookup?: LookupFunction;
}

export interface UpgradeDispatch {
  method: string;
  target: string;
  headers: HeaderList;
  change: ResponseChange;
  first: UpgradeTarget;
  another(): UpgradeTarget | undefined;
}

const handshakeTimeoutMs = 10_000;

/** Sends a WebSocket handshake on and joins the two connections once it is accepted. */
export function upgrade(
  socket: Duplex,
  head: Buffer,
  dispatch: UpgradeDispatch,
  done: (status: number) => void,
): void {
  socket.on("error", () => socket.destroy());
  attempt(socket, head, dispatch, dispatch.first, done);
}

function attempt(
  socket: Duplex,
  head: Buffer,
  dispatch: UpgradeDispatch,
  place: UpgradeTarget,
  done: (status: number) => void,
): void {
  const outgoing = handshake(dispatch, place);
  const abandon = () => outgoing.destroy();
  socket.once("close", abandon);
  outgoing.on("upgrade", (response, upstream, upstreamHead) => {
    writeHead(socket, 101, upgradeHeaders(response, dispatch.change));
    done(101);
    join(socket, head, upstream, upstreamHead);
  });
  outgoing.on("response", (response) => {
    const status = response.statusCode ?? 502;
    const headers = dispatch.change(sanitisedHeaders(response.rawHeaders, "in-cluster"));
    writeHead(socket, status, [...headers, "connection", "close"]);
    done(status);
    response.on("error", () => socket.destroy());
    response.pipe(socket);
  });
  outgoing.on("error", (error: Error & { code?: string }) => {
    socket.off("close", abandon);
    const other = error.code === "ECONNREFUSED" && !socket.destroyed ? dispatch.another() : undefined;
    if (other) return attempt(socket, head, dispatch, other, done);
    const [status, text] = failureAnswer(error);
    refuseUpgrade(socket, status, text);
    done(status);
  });
}

function handshake(dispatch: UpgradeDispatch, place: UpgradeTarget): ClientRequest {
  const outgoing = httpRequest({
    host: place.address,
    port: place.port,
    ...(place.lookup && { lookup: place.lookup }),
    agent: false,
    method: dispatch.method,
    path: dispatch.target,
    headers: [...dispatch.headers, "connection", "Upgrade", "upgrade", "websocket"],
    timeout: handshakeTimeoutMs,
  });
  outgoing.on("timeout", () => outgoing.destroy(new Error("upstream request timeout")));
  outgoing.end();
  return outgoing;
}

function upgradeHeaders(response: IncomingMessage, change: ResponseChange): HeaderList {
  return [
    ...change(sanitisedHeaders(response.rawHeaders, "in-cluster")),
    "connection",
    "Upgrade",
    "upgrade",
    "websocket",
  ];
}

function writeHead(socket: Duplex, status: number, headers: HeaderList): void {
  let text = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n`;
  for (let at = 0; at < headers.length; at += 2) text += `${headers[at]}: ${headers[at + 1]}\r\n`;
  socket.write(`${text}\r\n`, "latin1");
}

/** Answers on a bare connection and closes it. */
export function refuseUpgrade(socket: Duplex, status: number, body: string, headers: HeaderList = []): void {
  if (!socket.writable) return void socket.destroy();
  writeHead(socket, status, [
    ...headers,
    "content-length",
    String(Buffer.byteLength(body)),
    "connection",
    "close",
  ]);
  socket.end(body, () => socket.destroy());
}

/** Two connections become one: bytes that arrived early go first, the end of either ends the other. */
export function join(one: Duplex, oneHead: Buffer, other: Duplex, otherHead: Buffer): void {
  if (oneHead.length > 0) other.write(oneHead);
  if (otherHead.length > 0) one.write(otherHead);
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on("error", () => to.destroy());
    from.on("close", () => to.destroy());
    from.pipe(to);
  }
}
