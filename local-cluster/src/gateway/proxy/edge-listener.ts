import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { RoutingTable } from "../config/table.ts";
import type { Authenticator } from "../policy/authenticate.ts";
import { decideEdge } from "./decide-edge.ts";
import { answer, unrouted, type Answer, type Decision } from "./exchange.ts";
import { createProxyServer } from "./proxy-server.ts";
import { respond, respondUpgrade, type Count } from "./respond.ts";
import { refuseUpgrade } from "./upgrade.ts";
import type { Upstreams } from "./upstreams.ts";

/** What both listeners work with. */
export interface ListenerContext {
  table: () => RoutingTable;
  authenticator: Authenticator;
  upstreams: Upstreams;
  count: Count;
  /** An error that should not happen; the caller is answered 500. */
  onError: (error: unknown) => void;
}

/** The listener for callers outside: only hosts of Gateways, and it alone acts as the ingress gateway. */
export function createEdgeServer(context: ListenerContext): Server {
  const decide = (request: IncomingMessage) =>
    settled(() => decideEdge(request, context.table(), context.authenticator, randomUUID), context);
  return createProxyServer({
    request: (request, response) => {
      // Without a token to verify there is nothing to wait for, and no turn of the event loop is spent.
      const decision = decide(request);
      if (!(decision instanceof Promise))
        return respond(request, response, decision, context.upstreams, context.count);
      void decision.then((made) => respond(request, response, made, context.upstreams, context.count));
    },
    upgrade: (request, socket, head) => {
      socket.on("error", () => socket.destroy());
      request.socket.setTimeout(0);
      void Promise.resolve(upgradeProblem(request) ?? decide(request)).then((made) =>
        respondUpgrade(socket, head, made, context.count),
      );
    },
    connect: (_request, socket) => {
      context.count(unrouted, 405, performance.now());
      refuseUpgrade(socket, 405, "this is not a proxy");
    },
    rejected: (status) => context.count(unrouted, status, performance.now()),
  });
}

/** The decision; an unexpected error becomes 500 and never lets a request through. */
export function settled(
  make: () => Decision | Promise<Decision>,
  context: ListenerContext,
): Decision | Promise<Decision> {
  const failed = (error: unknown): Decision => {
    context.onError(error);
    return { ...answer(500, "the gateway failed, see its log"), close: true };
  };
  try {
    const decision = make();
    return decision instanceof Promise ? decision.catch(failed) : decision;
  } catch (error) {
    return failed(error);
  }
}

/** A handshake has no body: bytes that one side takes for a body and the other for frames would be smuggled. */
export function upgradeProblem(request: IncomingMessage): Answer | undefined {
  const { headers, method } = request;
  const sound =
    method === "GET" && headers["content-length"] === undefined && headers["transfer-encoding"] === undefined;
  return sound ? undefined : answer(400, "this is not a WebSocket handshake");
}
