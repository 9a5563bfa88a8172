import { Agent, request, type Dispatcher } from "undici";
import { serviceKeyOf } from "../config/service-names.ts";
import type { KeyFetch } from "./key-sets.ts";
import { refuseLiteral } from "@kyma/eventing/public-addresses.ts";
import { publicConnector } from "./public-addresses.ts";

/** "127.244.a.b:port" of a ready pod of a Service ("namespace/name") at a port; undefined when there is none. */
export type ServiceDial = (service: string, port: number) => string | undefined;

const mostBytes = 1024 * 1024;
const clusterSuffix = ".svc.cluster.local";

/**
 * Fetches JWKS documents: `http://….svc.cluster.local` from a pod of that Service, anything else by https from a public address only,
 * whatever its name resolves to. No redirects, 5 s, 1 MiB.
 */
export function keyFetcher(dial: ServiceDial, longestMs = 5000): { fetch: KeyFetch; close(): Promise<void> } {
  const inCluster = new Agent({ connect: { timeout: longestMs }, connections: 2 });
  const outside = new Agent({ connect: publicConnector(longestMs), connections: 2 });
  return {
    fetch: async (uri) => {
      const url = parseUri(uri);
      return url.hostname.endsWith(clusterSuffix)
        ? fetchBody(inClusterUrl(url, dial), { host: url.host }, inCluster, longestMs)
        : fetchBody(publicUrl(url), {}, outside, longestMs);
    },
    close: async () => {
      await Promise.all([inCluster.destroy(), outside.destroy()]);
    },
  };
}

function parseUri(uri: string): URL {
  try {
    return new URL(uri);
  } catch {
    throw new Error("it is not a URL");
  }
}

function inClusterUrl(url: URL, dial: ServiceDial): URL {
  if (url.protocol !== "http:") throw new Error("inside the cluster only http is possible");
  const service = serviceKeyOf(url.hostname, undefined);
  const address = service && dial(service, Number(url.port || "80"));
  if (!address) throw new Error(`the Service has no ready endpoint at port ${url.port || "80"}`);
  return new URL(`http://${address}${url.pathname}${url.search}`);
}

function publicUrl(url: URL): URL {
  if (url.protocol !== "https:") throw new Error("outside the cluster only https is possible");
  if (url.username || url.password) throw new Error("a URL with credentials is not possible");
  refuseLiteral(url.hostname);
  return url;
}

async function fetchBody(
  url: URL,
  headers: Record<string, string>,
  dispatcher: Dispatcher,
  longestMs: number,
): Promise<string> {
  const signal = AbortSignal.timeout(longestMs);
  const response = await request(url, {
    dispatcher,
    signal,
    headers: { accept: "application/json", ...headers },
  });
  if (response.statusCode !== 200) {
    // Destroying a body that nobody reads emits an error, which would end the process if nobody listened.
    response.body.on("error", () => undefined).destroy();
    throw new Error(`it answered ${response.statusCode}`);
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error("it is larger than 1 MiB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
