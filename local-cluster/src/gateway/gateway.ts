import type { Server } from "node:http";
import type { KubeClient } from "@kyma/kube/client.ts";
import type { Logger } from "pino";
import { ConfigSource } from "./config-source.ts";
import type { RoutingTable } from "./config/table.ts";
import { dialAddressOf, pickEndpoint } from "./config/services.ts";
import { createAdminServer } from "./admin-server.ts";
import { GatewayMetrics } from "./metrics.ts";
import { Authenticator } from "./policy/authenticate.ts";
import { keyFetcher } from "./policy/key-fetch.ts";
import { KeySets } from "./policy/key-sets.ts";
import { createEdgeServer, type ListenerContext } from "./proxy/edge-listener.ts";
import { createInClusterServer } from "./proxy/in-cluster-listener.ts";
import { Upstreams } from "./proxy/upstreams.ts";

export interface GatewayOptions {
  client: KubeClient;
  log: Logger;
  /** 0 takes any free port. */
  edgePort: number;
  inClusterPort: number;
  adminPort: number;
}

export interface Gateway {
  edgePort: number;
  inClusterPort: number;
  adminPort: number;
  source: ConfigSource;
  /** Stops listening, lets requests under way end for a moment, then closes everything. */
  stop(): Promise<void>;
}

const loopback = "127.0.0.1";
const drainMs = 5000;

/** Starts the gateway: configuration, edge and in-cluster listener, admin port. */
export async function startGateway({ client, log, ...ports }: GatewayOptions): Promise<Gateway> {
  const stopped = new AbortController();
  const parts = assemble(client, log);
  const { source, upstreams, keys, context } = parts;
  const edge = createEdgeServer(context);
  const inCluster = createInClusterServer(context);
  const admin = createAdminServer(source, parts.metrics);
  source.start(stopped.signal);
  const [edgePort, inClusterPort, adminPort] = await Promise.all([
    listen(edge, ports.edgePort),
    listen(inCluster.server, ports.inClusterPort),
    listen(admin, ports.adminPort),
  ]);
  const stop = async () => {
    stopped.abort();
    await Promise.all([edge, inCluster.server, admin].map(closeServer));
    await Promise.all([upstreams.close(), inCluster.close(), keys.close()]);
  };
  return { edgePort, inClusterPort, adminPort, source, stop };
}

function assemble(client: KubeClient, log: Logger) {
  const upstreams = new Upstreams();
  const keys = keyFetcher((service, port) => dialService(source.table, service, port));
  const keySets = new KeySets({
    fetch: keys.fetch,
    now: () => performance.now(),
    onError: (uri, error) => log.warn({ uri, reason: (error as Error).message }, "keys could not be fetched"),
  });
  const told = new Set<string>();
  const onTable = (table: RoutingTable) => {
    keySets.keepOnly(table.keyUris);
    upstreams.keepOnly(dialAddresses(table));
    metrics.keepOnly(table.virtualServices);
    tellProblems(table.problems, told, log);
  };
  const source: ConfigSource = new ConfigSource(client, onTable, (error) =>
    log.warn(
      { reason: (error as Error).message },
      "the API server cannot be watched, the last configuration stays",
    ),
  );
  const metrics = new GatewayMetrics(
    () => source.ageSeconds,
    () => source.table.problems.length,
  );
  const context: ListenerContext = {
    table: () => source.table,
    authenticator: new Authenticator(keySets),
    upstreams,
    count: (labels, status, started) => {
      metrics.count(labels, status, started);
      if (log.isLevelEnabled("debug"))
        log.debug({ ...labels, status, ms: performance.now() - started }, "request");
    },
    onError: (error: unknown) => log.error({ err: error }, "a request failed inside the gateway"),
  };
  return { source, upstreams, keys, metrics, context };
}

function dialService(table: RoutingTable, service: string, port: number): string | undefined {
  const entry = table.services.get(service)?.ports.get(port);
  const endpoint = entry && pickEndpoint(entry, () => true);
  return endpoint && `${endpoint.dialAddress}:${endpoint.port}`;
}

/** Every address that requests may still go to. */
function dialAddresses(table: RoutingTable): Set<string> {
  const found = new Set<string>();
  for (const address of table.podsByAddress.keys()) found.add(dialAddressOf(address) ?? "");
  for (const { ports } of table.services.values()) {
    for (const { ready, leaving } of ports.values()) {
      for (const { dialAddress } of [...ready, ...leaving]) found.add(dialAddress);
    }
  }
  return found;
}

function tellProblems(problems: readonly string[], told: Set<string>, log: Logger): void {
  for (const problem of problems)
    if (!told.has(problem)) log.warn({ problem }, "not supported, fails closed");
  told.clear();
  for (const problem of problems) told.add(problem);
}

async function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, loopback, resolve);
  await promise;
  const address = server.address();
  return typeof address === "object" && address ? address.port : port;
}

async function closeServer(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), drainMs);
  await promise;
  clearTimeout(timer);
}
