import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { pickEndpoint, type Endpoint } from "../config/services.ts";
import { deliver } from "./deliver.ts";
import type { Answer, Decision, Forward, RouteLabels } from "./exchange.ts";
import { refuseUpgrade, upgrade } from "./upgrade.ts";
import type { Upstreams } from "./upstreams.ts";

/** Counts a finished request. */
export type Count = (labels: RouteLabels, status: number, startedMs: number) => void;

/** Does what was decided for a plain request. */
export function respond(
  request: IncomingMessage,
  response: ServerResponse,
  decision: Decision,
  upstreams: Upstreams,
  count: Count,
): void {
  const started = performance.now();
  if (decision.kind === "answer") {
    count(decision, decision.status, started);
    return writeAnswer(response, decision);
  }
  const tried = new Set<Endpoint>([decision.endpoint]);
  const place = (endpoint: Endpoint) => ({
    dispatcher: upstreams.pool(endpoint.dialAddress, endpoint.port),
    origin: `http://${endpoint.dialAddress}:${endpoint.port}`,
  });
  const dispatch = {
    method: decision.method,
    target: decision.target,
    headers: decision.headers,
    timeoutMs: decision.timeoutMs,
    change: decision.change,
    ...place(decision.endpoint),
    another: () => {
      const next = anotherEndpoint(decision, tried);
      return next && place(next);
    },
  };
  deliver(request, response, dispatch, (status) => count(decision, status, started));
}

/** Does what was decided for a WebSocket handshake. */
export function respondUpgrade(socket: Duplex, head: Buffer, decision: Decision, count: Count): void {
  const started = performance.now();
  if (decision.kind === "answer") {
    count(decision, decision.status, started);
    return refuseUpgrade(socket, decision.status, decision.body, decision.headers);
  }
  const tried = new Set<Endpoint>([decision.endpoint]);
  const place = (endpoint: Endpoint) => ({ address: endpoint.dialAddress, port: endpoint.port });
  const { method, target, headers, change } = decision;
  const another = () => {
    const next = anotherEndpoint(decision, tried);
    return next && place(next);
  };
  upgrade(
    socket,
    head,
    { method, target, headers, change, first: place(decision.endpoint), another },
    (status) => count(decision, status, started),
  );
}

/** An endpoint not tried yet that the same policies hold for: what was allowed for one is allowed for the other. */
function anotherEndpoint(decision: Forward, tried: Set<Endpoint>): Endpoint | undefined {
  const next = pickEndpoint(
    decision.port,
    (endpoint) => !tried.has(endpoint) && decision.table.policiesOf(endpoint.workload) === decision.policies,
  );
  if (next) tried.add(next);
  return next;
}

function writeAnswer(response: ServerResponse, answer: Answer): void {
  const headers = [...answer.headers, "content-length", String(Buffer.byteLength(answer.body))];
  if (answer.close) headers.push("connection", "close");
  response.writeHead(answer.status, headers);
  response.end(answer.body);
}
