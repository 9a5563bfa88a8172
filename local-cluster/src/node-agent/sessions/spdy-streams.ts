import type { Duplex } from "node:stream";
import { SpdyConnection, type SpdyStream } from "../spdy/connection.ts";
import { parseSize, type RemoteStreams } from "./remote-streams.ts";

/** Which streams an exec or attach has. */
export interface WantedStreams {
  stdin: boolean;
  stdout: boolean;
  stderr: boolean;
  tty: boolean;
}

/** As the kubelet: a client has so long to open its streams, and a session without traffic so long to live. */
const openMs = 30_000;
export const idleMs = 4 * 60 * 60 * 1000;
const longestSize = 1024;

/** Waits on an upgraded connection for the streams of a remote command. Rejects with a sentence when they do not come. */
export function spdyStreams(socket: Duplex, head: Buffer, wanted: WantedStreams): Promise<RemoteStreams> {
  const names = ["error", ...(["stdin", "stdout", "stderr"] as const).filter((name) => wanted[name])];
  if (wanted.tty) names.push("resize");
  return new Promise((resolve, reject) => {
    const streams = new Map<string, SpdyStream>();
    const connection = new SpdyConnection(socket, head, { streams: 8, idleMs }, (stream) => {
      const type = stream.header("streamtype");
      if (!names.includes(type) || streams.has(type)) return void stream.destroy();
      streams.set(type, stream);
      if (streams.size < names.length) return;
      clearTimeout(late);
      resolve(remoteStreams(connection, streams));
    });
    const late = setTimeout(() => connection.destroy(), openMs);
    void connection.closed.then(() => {
      clearTimeout(late);
      return reject(new Error("the client left before it had opened its streams"));
    });
  });
}

function remoteStreams(connection: SpdyConnection, streams: Map<string, SpdyStream>): RemoteStreams {
  const [stdin, stdout, stderr] = ["stdin", "stdout", "stderr"].map((name) => streams.get(name));
  // Nothing is read from these; without this the connection would wait for it.
  for (const stream of [stdout, stderr, streams.get("error")]) stream?.resume();
  return {
    ...(stdin ? { stdin } : {}),
    ...(stdout ? { stdout } : {}),
    ...(stderr ? { stderr } : {}),
    onResize: (listener) => {
      let rest = "";
      streams.get("resize")?.on("data", (chunk: Buffer) => {
        const lines = (rest + chunk.toString()).split("\n");
        rest = (lines.pop() ?? "").slice(0, longestSize);
        const size = lines.map(parseSize).findLast((found) => found !== undefined);
        if (size) listener(size);
      });
    },
    closed: connection.closed,
    finish: (status) => {
      stdin?.end();
      streams.get("error")?.end(JSON.stringify(status), () => connection.close());
    },
  };
}
