import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { processAddress } from "../pods/addresses.ts";
import type { PodManager } from "../pods/pod-manager.ts";
import type { PodWorker } from "../pods/pod-worker.ts";
import { connectCommand } from "../sessions/connect.ts";
import { forwardPorts } from "../sessions/port-forward.ts";
import { failureStatus } from "../sessions/remote-streams.ts";
import { spdyStreams } from "../sessions/spdy-streams.ts";
import { chooseProtocol, parseStreamingRequest, type StreamingRequest } from "./streaming-request.ts";

const mostSessions = 100;

/** Why a request is not upgraded. */
class Refusal extends Error {
  readonly status: number;
  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}

/** exec, attach and port-forward: the requests that leave HTTP behind. */
export class StreamingServer {
  readonly #pods: PodManager;
  #sessions = 0;

  constructor(pods: PodManager) {
    this.#pods = pods;
  }

  /** Serves one upgrade request of a client that may use the kubelet API. */
  async serve(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on("error", () => socket.destroy());
    try {
      const { wanted, worker, protocol } = this.#accept(request);
      this.#sessions += 1;
      socket.once("close", () => (this.#sessions -= 1));
      socket.setMaxListeners(0);
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: ${protocol}\r\n\r\n`,
      );
      await run(wanted, worker, socket, head);
    } catch (error) {
      refuse(socket, error);
    }
  }

  #accept(request: IncomingMessage): { wanted: StreamingRequest; worker: PodWorker; protocol: string } {
    const wanted = parsed(request);
    if (!/spdy\/3\.1/i.test(request.headers.upgrade ?? ""))
      throw new Refusal(400, "only an upgrade to SPDY/3.1 is known here");
    const offered = [request.headersDistinct["x-stream-protocol-version"] ?? []].flat();
    const protocol = chooseProtocol(wanted.kind, offered);
    if (!protocol)
      throw new Refusal(403, `unable to upgrade: none of the protocols is known here: ${offered.join(", ")}`);
    const worker = this.#pods.find(wanted.namespace, wanted.pod);
    if (!worker) throw new Refusal(404, `pod "${wanted.pod}" does not exist on this node`);
    if (wanted.kind !== "portForward" && !worker.container(wanted.container)?.runs)
      throw new Refusal(404, `container not found ("${wanted.container}")`);
    if (this.#sessions >= mostSessions)
      throw new Refusal(429, `there are ${mostSessions} sessions on this node already: end one first`);
    return { wanted, worker, protocol };
  }
}

function parsed(request: IncomingMessage): StreamingRequest {
  let found: StreamingRequest | undefined;
  try {
    found = parseStreamingRequest(new URL(request.url ?? "/", "https://kubelet"));
  } catch (error) {
    throw new Refusal(400, (error as Error).message);
  }
  if (!found) throw new Refusal(404, "404 page not found");
  return found;
}

async function run(wanted: StreamingRequest, worker: PodWorker, socket: Duplex, head: Buffer): Promise<void> {
  if (wanted.kind === "portForward") {
    const { metadata } = worker.pod;
    const address = processAddress(worker.podIp) ?? worker.podIp;
    return forwardPorts(socket, head, { address, name: metadata.name, uid: metadata.uid ?? "" });
  }
  const streams = await spdyStreams(socket, head, wanted.wanted);
  try {
    const container = worker.container(wanted.container);
    if (!container) throw new Error(`container not found ("${wanted.container}")`);
    if (wanted.kind === "attach") return await container.attach(streams, wanted.wanted);
    const command = await container.exec({ command: wanted.command, tty: wanted.wanted.tty });
    await connectCommand(streams, command);
  } catch (error) {
    streams.finish(failureStatus(`error executing command in container: ${(error as Error).message}`));
  }
}

/** Before the upgrade an HTTP answer can be given; after it there is nobody left to tell. */
function refuse(socket: Duplex, error: unknown): void {
  if (!(error instanceof Refusal)) return void socket.destroy();
  const body = `${error.message}\n`;
  socket.end(
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
