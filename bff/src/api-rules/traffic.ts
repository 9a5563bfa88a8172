import type { ApiRule } from "@kyma/crds/generated/api-rules.gen.ts";
import type { VirtualService } from "@kyma/crds/generated/istio-virtual-services.gen.ts";
import { apiRules, virtualServices } from "@kyma/crds/resource-types.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { ownerSelector } from "./owner-labels.ts";

export interface RouteTraffic {
  index: number;
  requests: number;
  errors: number;
  refused: number;
}

interface Sample {
  virtualService: string;
  route: number;
  code: number;
  count: number;
}

const mostBytes = 8 * 1024 * 1024;

/** Requests per rule since the gateway started, for a person who may read the APIRule; null when the gateway shows no figures. */
export async function apiRuleTraffic(
  kube: KubeClient,
  key: { namespace: string; name: string },
  metricsUrl: string | undefined,
): Promise<RouteTraffic[] | null> {
  const apiRule = await kube.get<ApiRule>(apiRules, key);
  if (!metricsUrl) return null;
  const { items } = await kube.list<VirtualService>(virtualServices, {
    namespace: key.namespace,
    labelSelector: ownerSelector(key),
  });
  const text = await readMetrics(metricsUrl);
  if (text === undefined) return null;
  const own = new Set(items.map(({ metadata }) => `${metadata.namespace ?? ""}/${metadata.name}`));
  const samples = parseSamples(text).filter(({ virtualService }) => own.has(virtualService));
  return apiRule.spec.rules.map((_, index) => sum(index, samples));
}

function sum(index: number, samples: Sample[]): RouteTraffic {
  const traffic = { index, requests: 0, errors: 0, refused: 0 };
  for (const { route, code, count } of samples) {
    if (route !== index) continue;
    const refused = code === 401 || code === 403;
    traffic.requests += count;
    if (refused) traffic.refused += count;
    if (refused || code >= 500) traffic.errors += count;
  }
  return traffic;
}

const line = /^kyma_gateway_requests_total\{([^}]*)\}\s+([0-9.eE+]+)/gm;

/** Samples of the gateway's request counter; other series are passed over. */
export function parseSamples(text: string): Sample[] {
  return [...text.matchAll(line)].flatMap(([, labelText = "", count]) => {
    const labels = new Map(
      [...labelText.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name = "", value = ""]) => [name, value]),
    );
    const route = Number(labels.get("route") || NaN);
    if (!Number.isInteger(route)) return [];
    return [
      {
        virtualService: labels.get("virtual_service") ?? "",
        route,
        code: Number(labels.get("code")),
        count: Number(count),
      },
    ];
  });
}

async function readMetrics(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(3000), redirect: "error" });
    if (!answer.ok || !answer.body) return undefined;
    const chunks: Uint8Array[] = [];
    let size = 0;
    // What is counted is unpacked already, whatever the gateway says of its length.
    for await (const chunk of answer.body) {
      size += chunk.length;
      if (size > mostBytes) return undefined;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString("utf8");
  } catch {
    return undefined;
  }
}
