import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { SpdyConnection, type SpdyStream } from "../spdy/connection.ts";
import { idleMs } from "./spdy-streams.ts";

/** The pod whose ports are forwarded. */
export interface ForwardTarget {
  /** Where its processes listen. */
  address: string;
  name: string;
  uid: string;
}

const mostStreams = 1024;
/** As the kubelet: the two streams of one connection come together. */
const pairMs = 30_000;

/** Serves one upgraded port-forward connection: each pair of streams becomes one connection to the pod. Resolves when the client is gone. */
export function forwardPorts(socket: Duplex, head: Buffer, target: ForwardTarget): Promise<void> {
  const halves = new Map<string, SpdyStream>();
  const connection = new SpdyConnection(socket, head, { streams: mostStreams, idleMs }, (stream) => {
    const type = stream.header("streamtype");
    const port = parsePort(stream.header("port"));
    const request = stream.header("requestid");
    if ((type !== "data" && type !== "error") || port === undefined) return stream.destroy();
    const other = halves.get(request);
    if (!other) return waitForOther(halves, request, stream);
    halves.delete(request);
    const [data, error] = type === "data" ? [stream, other] : [other, stream];
    forwardOne(data, error, port, target);
  });
  return connection.closed;
}

function waitForOther(halves: Map<string, SpdyStream>, request: string, stream: SpdyStream): void {
  halves.set(request, stream);
  const late = setTimeout(() => stream.destroy(), pairMs).unref();
  stream.once("close", () => {
    clearTimeout(late);
    if (halves.get(request) === stream) halves.delete(request);
  });
}

/** A port as text; undefined for anything else. */
export function parsePort(text: string): number | undefined {
  const port = Number(text);
  return /^\d{1,5}$/.test(text) && port > 0 && port <= 65_535 ? port : undefined;
}

function forwardOne(data: SpdyStream, error: SpdyStream, port: number, target: ForwardTarget): void {
  const upstream = connect({ host: target.address, port, noDelay: true, allowHalfOpen: true });
  error.resume();
  data.pipe(upstream).pipe(data);
  upstream.once("error", (problem: NodeJS.ErrnoException) => {
    const why = problem.code === "ECONNREFUSED" ? "connect: connection refused" : problem.message;
    if (!error.writableEnded)
      error.end(`error forwarding port ${port} to pod ${target.name}, uid ${target.uid}: ${why}`);
    data.end();
  });
  upstream.once("close", () => {
    if (!error.writableEnded) error.end();
    if (!data.writableEnded) data.end();
    data.resume();
  });
  data.once("close", () => upstream.destroy());
}
