import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { connect as dial } from "node:net";
import type { Duplex } from "node:stream";
import { refuseLiteral } from "@kyma/eventing/public-addresses.ts";
import { Agent, type Dispatcher } from "undici";
import { publicConnector, publicLookup } from "../policy/public-addresses.ts";
import { canonicalAuthority } from "./canonical-host.ts";
import { decideInCluster, type InClusterDecision, type Outside, type Tunnel } from "./decide-in-cluster.ts";
import { deliver, failureAnswer } from "./deliver.ts";
import { settled, upgradeProblem, type ListenerContext } from "./edge-listener.ts";
import { answer, unchanged, unrouted, type Answer, type Decision } from "./exchange.ts";
import { callerNamespace, resolveTarget } from "./in-cluster-target.ts";
import { createProxyServer } from "./proxy-server.ts";
import { respond, respondUpgrade } from "./respond.ts";
import { join, refuseUpgrade, upgrade } from "./upgrade.ts";

const connectTimeoutMs = 10_000;
const tunnelIdleMs = 3_600_000;

/** The HTTP proxy of local processes: Services by name with their policies, other hosts passed through unless they are private. */
export function createInClusterServer(context: ListenerContext): { server: Server; close(): Promise<void> } {
  const tunnels = new WeakMap<Duplex, Tunnel>();
  const outside = new Agent({ connect: publicConnector(connectTimeoutMs) });
  const decide = (request: IncomingMessage) =>
    settled(
      () =>
        decideInCluster(request, tunnels.get(request.socket), context.table(), context.authenticator) as
          Decision | Promise<Decision>,
      context,
    ) as InClusterDecision | Promise<InClusterDecision>;
  const server: Server = createProxyServer({
    request: (request, response) => {
      const decision = decide(request);
      if (!(decision instanceof Promise)) return serve(request, response, decision, outside, context);
      void decision.then((made) => serve(request, response, made, outside, context));
    },
    upgrade: (request, socket, head) => {
      socket.on("error", () => socket.destroy());
      request.socket.setTimeout(0);
      const decision: InClusterDecision | Promise<InClusterDecision> =
        upgradeProblem(request) ?? decide(request);
      void Promise.resolve(decision).then((made) => serveUpgrade(socket, head, made, context));
    },
    connect: (request, socket, head) =>
      openTunnel(request, socket, head, context, (tunnel) => {
        tunnels.set(socket, tunnel);
        if (head.length > 0) socket.unshift(head);
        // From here on the connection is like a fresh one: plain HTTP, parsed and checked as such.
        server.emit("connection", socket);
      }),
    rejected: (status) => context.count(unrouted, status, performance.now()),
  });
  return { server, close: () => outside.destroy() };
}

function serve(
  request: IncomingMessage,
  response: ServerResponse,
  decision: InClusterDecision,
  dispatcher: Dispatcher,
  context: ListenerContext,
): void {
  if (decision.kind !== "outside")
    return respond(request, response, decision, context.upstreams, context.count);
  const refused = refusedLiteral(decision.host);
  if (refused) return respond(request, response, refused, context.upstreams, context.count);
  const { method, target, headers, host, port } = decision;
  const started = performance.now();
  const origin = `http://${host}:${port}`;
  const dispatch = {
    method,
    target,
    headers,
    timeoutMs: 0,
    change: unchanged,
    dispatcher,
    origin,
    another: () => undefined,
  };
  deliver(request, response, dispatch, (status) => context.count(unrouted, status, started));
}

function serveUpgrade(
  socket: Duplex,
  head: Buffer,
  decision: InClusterDecision,
  context: ListenerContext,
): void {
  if (decision.kind !== "outside") return respondUpgrade(socket, head, decision, context.count);
  const refused = refusedLiteral(decision.host);
  if (refused) return respondUpgrade(socket, head, refused, context.count);
  const { method, target, headers, host, port }: Outside = decision;
  const first = { address: host, port, lookup: publicLookup };
  const started = performance.now();
  upgrade(
    socket,
    head,
    { method, target, headers, change: unchanged, first, another: () => undefined },
    (status) => context.count(unrouted, status, started),
  );
}

function refusedLiteral(host: string): Answer | undefined {
  try {
    refuseLiteral(host);
    return undefined;
  } catch (error) {
    return answer(403, (error as Error).message);
  }
}

function openTunnel(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  context: ListenerContext,
  serveInside: (tunnel: Tunnel) => void,
): void {
  socket.on("error", () => socket.destroy());
  const authority = canonicalAuthority(request.url ?? "");
  if (authority?.port === undefined) return refuseTunnel(socket, 400, "CONNECT needs host:port", context);
  const namespace = callerNamespace(request.headers["proxy-authorization"]);
  const target = resolveTarget(context.table(), authority, namespace);
  if (target.kind === "unknown") return refuseTunnel(socket, 404, target.message, context);
  if (target.kind === "outside") return tunnelOutside(target, socket, head, request, context);
  socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
  serveInside({ authority, namespace });
}

function tunnelOutside(
  { host, port }: { host: string; port: number },
  socket: Duplex,
  head: Buffer,
  request: IncomingMessage,
  context: ListenerContext,
): void {
  const refused = refusedLiteral(host);
  if (refused) return refuseTunnel(socket, refused.status, refused.body, context);
  request.socket.setTimeout(tunnelIdleMs);
  const upstream = dial({ host, port, lookup: publicLookup });
  const failed = (error: Error & { code?: string }) => {
    const [status, text] = failureAnswer(error);
    refuseTunnel(socket, status === 403 ? 403 : 502, text, context);
  };
  upstream.setTimeout(connectTimeoutMs, () =>
    upstream.destroy(new Error(`no connection to ${host}:${port}`)),
  );
  upstream.once("error", failed);
  socket.once("close", () => upstream.destroy());
  upstream.once("connect", () => {
    upstream.off("error", failed);
    upstream.setTimeout(0);
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    join(socket, head, upstream, Buffer.alloc(0));
  });
}

function refuseTunnel(socket: Duplex, status: number, message: string, context: ListenerContext): void {
  context.count(unrouted, status, performance.now());
  refuseUpgrade(socket, status, message, ["content-type", "text/plain; charset=utf-8"]);
}
