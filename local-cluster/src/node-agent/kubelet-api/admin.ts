import { createServer, type Server } from "node:http";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";

/** What the admin port tells. */
export interface AgentState {
  /** The Node is registered and pods are followed. */
  isReady(): boolean;
  podCount(): number;
}

/** /healthz, /readyz and /metrics on loopback. */
export async function startAdmin(port: number, state: AgentState): Promise<Server> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const podGauge = new Gauge({
    name: "kyma_node_agent_pods",
    help: "Pods on this node",
    registers: [registry],
  });
  const server = createServer((request, response) => {
    const say = (status: number, text: string): void =>
      void response.writeHead(status, { "content-type": "text/plain" }).end(`${text}\n`);
    if (request.url === "/healthz") return say(200, "ok");
    if (request.url === "/readyz")
      return state.isReady() ? say(200, "ok") : say(503, "the node is not registered yet");
    if (request.url !== "/metrics") return say(404, "not found");
    podGauge.set(state.podCount());
    registry.metrics().then(
      (text) => response.writeHead(200, { "content-type": registry.contentType }).end(text),
      (error: Error) => say(500, error.message),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return server;
}
