import type { KubeClient } from "@kyma/kube/client.ts";
import { toApiError, unreachable, type ApiError, type Status } from "@kyma/kube/errors.ts";
import type { IncomingMessage } from "node:http";
import { WebSocket, type RawData } from "ws";

const protocol = "v5.channel.k8s.io";
const channels = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4 } as const;
const openMs = 15_000;
/** Pings keep proxies from closing a quiet shell, and their answers tell it from a dead one. A busy API server may take its time: kubectl waits as long. */
export const defaultPings = { everyMs: 10_000, longestSilenceMs: 60_000 };
const longestRefusal = 100_000;

export interface StreamListener {
  output: (chunk: Buffer) => void;
  /** Called once: the API server's last word, or undefined when the connection broke without one. */
  ended: (status: (Status & { status?: string }) | undefined) => void;
}

/** A running exec or attach: bytes in, bytes out. */
export class KubeStream {
  readonly #socket: WebSocket;
  readonly #ping: NodeJS.Timeout;

  private constructor(socket: WebSocket, listener: StreamListener, pings: typeof defaultPings) {
    this.#socket = socket;
    let heardAt = performance.now();
    const heard = (): void => void (heardAt = performance.now());
    socket.on("message", heard).on("pong", heard);
    const ping = (): void => {
      // Who does not read hears nothing.
      if (socket.isPaused) heard();
      if (performance.now() - heardAt > pings.longestSilenceMs) socket.terminate();
      else socket.ping();
    };
    this.#ping = setInterval(ping, pings.everyMs).unref();
    let status: (Status & { status?: string }) | undefined;
    socket.on("message", (data: RawData) => {
      const bytes = toBuffer(data);
      const channel = bytes[0];
      const rest = bytes.subarray(1);
      if (channel === channels.status) status = readStatus(rest);
      else if ((channel === channels.stdout || channel === channels.stderr) && rest.length > 0)
        listener.output(rest);
    });
    socket.once("close", () => {
      clearInterval(this.#ping);
      listener.ended(status);
    });
  }

  /** Rejects with an ApiError when the API server refuses it. */
  static async open(
    kube: KubeClient,
    path: string,
    listener: StreamListener,
    pings = defaultPings,
  ): Promise<KubeStream> {
    const { url, headers, agent } = await kube.connection.socketTarget(path);
    const socket = new WebSocket(url, protocol, {
      headers,
      agent,
      handshakeTimeout: openMs,
      perMessageDeflate: false,
    });
    return new Promise((resolve, reject) => {
      socket.once("unexpected-response", (_request, response) => {
        void refusalOf(response).then(reject);
      });
      socket.on("error", (error) => reject(unreachable(error)));
      // The API server's first bytes may come with its answer, so the listener must be there at once.
      socket.once("upgrade", () => resolve(new KubeStream(socket, listener, pings)));
    });
  }

  write(bytes: Buffer): void {
    this.#send(channels.stdin, bytes);
  }

  resize({ cols, rows }: { cols: number; rows: number }): void {
    this.#send(channels.resize, Buffer.from(JSON.stringify({ Width: cols, Height: rows })));
  }

  /** Lets the container's output wait while nobody takes it. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(): void {
    this.#socket.close();
    setTimeout(() => this.#socket.terminate(), 1000).unref();
  }

  #send(channel: number, bytes: Buffer): void {
    const send = (): void => {
      if (this.#socket.readyState === WebSocket.OPEN)
        this.#socket.send(Buffer.concat([Buffer.from([channel]), bytes]));
    };
    if (this.#socket.readyState === WebSocket.CONNECTING) this.#socket.once("open", send);
    else send();
  }
}

/** Reads no more of the API server's answer than a sentence can hold. */
async function refusalOf(response: IncomingMessage): Promise<ApiError> {
  let body = "";
  try {
    response.setEncoding("utf8");
    for await (const chunk of response as AsyncIterable<string>) {
      body += chunk;
      if (body.length > longestRefusal) break;
    }
  } catch (error) {
    return unreachable(error);
  }
  return toApiError(response.statusCode ?? 0, body, response.headers["retry-after"]);
}

function toBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

function readStatus(bytes: Buffer): Status & { status?: string } {
  try {
    return JSON.parse(bytes.toString("utf8")) as Status & { status?: string };
  } catch {
    return { status: "Failure", message: bytes.toString("utf8").slice(0, 1000) };
  }
}
