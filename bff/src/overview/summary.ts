import type { ResourceType } from "@kyma/kube/objects.ts";
import type { ObjectState } from "../resources/object-state.ts";
import type { Amounts, Fact } from "./facts.ts";
import type { Warning } from "./warning.ts";

interface KindHealth extends ResourceType {
  total: number;
  ok: number;
  progress: number;
  warning: number;
  error: number;
}

interface FailingObject extends Omit<ResourceType, "namespaced"> {
  key: string;
  namespace: string | undefined;
  name: string;
  state: ObjectState;
  createdAt: string;
}

interface Capacity {
  allocatable: number;
  requested: number;
}

export interface Summary {
  kinds: KindHealth[];
  failing: FailingObject[];
  failingTotal: number;
  capacity: { nodes: number; cpu: Capacity; memory: Capacity; pods: Capacity } | null;
  warnings: Warning[];
}

const mostFailing = 50;
const mostWarnings = 20;
const rank: Record<ObjectState["health"], number> = { ERROR: 0, WARNING: 1, PROGRESS: 2, NONE: 3, OK: 4 };

/**
 * Pure. `wholeCluster`: nodes and the pods of all namespaces are among the facts, so capacity can be told. Pods whose owner fails as well
 * stay in the list: their reason is the one that helps.
 */
export function summarize(
  facts: Iterable<Fact>,
  warnings: Iterable<Warning>,
  wholeCluster: boolean,
): Summary {
  const kinds = new Map<ResourceType, KindHealth>();
  const failing: Fact[] = [];
  const given: Amounts = { cpu: 0, memory: 0, pods: 0 };
  const asked: Amounts = { cpu: 0, memory: 0, pods: 0 };
  let nodes = 0;
  for (const fact of facts) {
    count(kinds, fact);
    const { health } = fact.state;
    if (health === "ERROR" || health === "WARNING") failing.push(fact);
    if (fact.type.plural === "nodes") nodes += 1;
    if (fact.amounts) add(fact.type.plural === "nodes" ? given : asked, fact.amounts);
  }
  const pair = (key: keyof Amounts): Capacity => ({ allocatable: given[key], requested: asked[key] });
  failing.sort(
    (a, b) => rank[a.state.health] - rank[b.state.health] || b.createdAt.localeCompare(a.createdAt),
  );
  return {
    kinds: [...kinds.values()],
    failing: failing.slice(0, mostFailing).map(toFailing),
    failingTotal: failing.length,
    capacity:
      wholeCluster && nodes > 0
        ? { nodes, cpu: pair("cpu"), memory: pair("memory"), pods: pair("pods") }
        : null,
    warnings: [...warnings]
      .sort((a, b) => b.lastSeen.localeCompare(a.lastSeen) || a.key.localeCompare(b.key))
      .slice(0, mostWarnings),
  };
}

function count(kinds: Map<ResourceType, KindHealth>, { type, state }: Fact): void {
  let kind = kinds.get(type);
  if (!kind) kinds.set(type, (kind = { ...type, total: 0, ok: 0, progress: 0, warning: 0, error: 0 }));
  kind.total += 1;
  if (state.health === "ERROR") kind.error += 1;
  else if (state.health === "WARNING") kind.warning += 1;
  else if (state.health === "PROGRESS") kind.progress += 1;
  else kind.ok += 1;
}

function add(total: Amounts, { cpu, memory, pods }: Amounts): void {
  total.cpu += cpu;
  total.memory += memory;
  total.pods += pods;
}

function toFailing({ key, type, namespace, name, state, createdAt }: Fact): FailingObject {
  const { group, version, plural, kind } = type;
  return { key, group, version, plural, kind, namespace, name, state, createdAt };
}
