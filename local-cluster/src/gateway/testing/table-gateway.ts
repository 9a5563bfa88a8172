import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { compileTable, emptyTable, type GatewayObjects } from "../config/table.ts";
import { Authenticator } from "../policy/authenticate.ts";
import { KeySets, type KeyFetch } from "../policy/key-sets.ts";
import { createEdgeServer } from "../proxy/edge-listener.ts";
import { createInClusterServer } from "../proxy/in-cluster-listener.ts";
import { Upstreams } from "../proxy/upstreams.ts";

export interface TableGateway {
  edgePort: number;
  inClusterPort: number;
  use(objects: GatewayObjects): void;
  /** What was counted: "ns/name|route|code". */
  counted: string[];
  errors: unknown[];
  close(): Promise<void>;
}

/** Both listeners on a table that the test sets, without an API server. */
export async function startTableGateway(
  fetch: KeyFetch = () => Promise.reject(new Error("no keys")),
): Promise<TableGateway> {
  let table = emptyTable();
  const upstreams = new Upstreams();
  const counted: string[] = [];
  const errors: unknown[] = [];
  const keySets = new KeySets({ fetch, now: () => performance.now(), onError: () => undefined });
  const context = {
    table: () => table,
    authenticator: new Authenticator(keySets),
    upstreams,
    count: ({ virtualService, route }: { virtualService: string; route: string }, status: number) =>
      void counted.push(`${virtualService}|${route}|${status}`),
    onError: (error: unknown) => void errors.push(error),
  };
  const edge = createEdgeServer(context);
  const inCluster = createInClusterServer(context);
  const [edgePort, inClusterPort] = await Promise.all([listen(edge), listen(inCluster.server)]);
  return {
    edgePort,
    inClusterPort,
    counted,
    errors,
    use: (objects) => {
      table = compileTable(objects);
    },
    close: async () => {
      for (const server of [edge, inCluster.server]) {
        server.closeAllConnections();
        server.close();
      }
      await Promise.all([upstreams.close(), inCluster.close()]);
    },
  };
}

export async function listen(server: Server, host = "127.0.0.1", port = 0): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, host, resolve);
  await promise;
  return (server.address() as AddressInfo).port;
}
