/**
 * A sink of events as a process of its own: answers a POST to /N with 204 after N ms. GET /figures gives a SinkFigures of what came since the last
 * such request. Prints its port.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { SinkFigures } from "./sink-figures.ts";

let arrivals: number[] = [];
let busyMs = 0;
let served = 0;

function take(request: IncomingMessage, response: ServerResponse): void {
  const arrived = performance.now();
  arrivals.push(arrived);
  const latency = Number(/\/(\d+)$/.exec(request.url ?? "")?.[1] ?? 0);
  request.resume();
  setTimeout(() => {
    response.writeHead(204).end();
    busyMs += performance.now() - arrived;
    served++;
  }, latency);
}

/** Beginning and end, when not all places are taken, are left out. */
function figures(): SinkFigures {
  const steady = arrivals.slice(Math.floor(arrivals.length * 0.1), Math.ceil(arrivals.length * 0.9));
  const tookMs = (steady.at(-1) ?? 0) - (steady[0] ?? 0);
  return { count: served, perSecond: ((steady.length - 1) * 1000) / tookMs, latencyMs: busyMs / served };
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  if (request.method === "POST") return take(request, response);
  response.end(JSON.stringify(figures()));
  arrivals = [];
  busyMs = 0;
  served = 0;
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
