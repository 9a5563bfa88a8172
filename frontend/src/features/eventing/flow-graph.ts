import { sumOf } from "./amounts.ts";
import type { SubscriptionFlow } from "./live-eventing.ts";
import { sinkName } from "./sinks.ts";

/** A node of the picture; `to` is its page's object, for Subscriptions. */
export interface FlowNode {
  key: string;
  label: string;
  /** What stands below the label, e.g. a rate. */
  rate: number | null;
  isBroken: boolean;
  /** Why it is broken. */
  note: string | undefined;
  to: { namespace: string; name: string } | undefined;
}

/** From a node of one column to one of the next, both as their places. */
export interface FlowEdge {
  column: number;
  from: number;
  to: number;
  rate: number | null;
  isBroken: boolean;
}

/** Sources, types, Subscriptions and sinks, with what flows between them. */
export interface FlowGraph {
  columns: { title: string; nodes: FlowNode[] }[];
  edges: FlowEdge[];
}

export const anySource = "any source";

/** The picture of some Subscriptions, in their order: what belongs together stands side by side. Pure. */
export function flowGraph(flows: readonly SubscriptionFlow[]): FlowGraph {
  const columns = ["Sources", "Types", "Subscriptions", "Sinks"].map((title) => new Column(title));
  const [sources, types, subscriptions, sinks] = columns as [Column, Column, Column, Column];
  const edges = new Edges();
  const manyNamespaces = new Set(flows.map(({ namespace }) => namespace)).size > 1;
  for (const flow of flows) {
    const { namespace, name, sink, ready, reason } = flow;
    const isBroken = !ready;
    const rate = sumOf(flow.types.map((type) => type.rate));
    const label = manyNamespaces ? `${namespace}/${name}` : name;
    const subscription = subscriptions.place(`${namespace}/${name}`, {
      label,
      rate,
      isBroken,
      note: reason ?? undefined,
      to: { namespace, name },
    });
    const source = flow.anySource || flow.source === "" ? anySource : flow.source;
    for (const { type, rate: typeRate } of flow.types) {
      const from = sources.place(source, { label: source, rate: typeRate });
      const via = types.place(JSON.stringify([source, type]), { label: type, rate: typeRate });
      edges.add({ column: 0, from, to: via, rate: typeRate, isBroken: false });
      edges.add({ column: 1, from: via, to: subscription, rate: typeRate, isBroken });
    }
    const target = sinks.place(`${namespace} ${sink}`, { label: sinkName(sink, namespace), rate, isBroken });
    edges.add({ column: 2, from: subscription, to: target, rate, isBroken });
  }
  return { columns, edges: edges.all };
}

class Column {
  readonly title: string;
  readonly nodes: FlowNode[] = [];
  readonly #places = new Map<string, number>();

  constructor(title: string) {
    this.title = title;
  }

  /** The place of the node, which is added when it is not there yet; the rates of both add up. */
  place(key: string, node: Pick<FlowNode, "label" | "rate"> & Partial<FlowNode>): number {
    const known = this.#places.get(key);
    const before = known === undefined ? undefined : this.nodes[known];
    if (known !== undefined && before) {
      before.rate = sumOf([before.rate, node.rate]);
      before.isBroken ||= node.isBroken ?? false;
      return known;
    }
    this.#places.set(key, this.nodes.length);
    this.nodes.push({ isBroken: false, note: undefined, to: undefined, ...node, key });
    return this.nodes.length - 1;
  }
}

class Edges {
  readonly all: FlowEdge[] = [];

  add(edge: FlowEdge): void {
    const known = this.all.find(
      ({ column, from, to }) => column === edge.column && from === edge.from && to === edge.to,
    );
    if (!known) this.all.push({ ...edge });
    else known.rate = sumOf([known.rate, edge.rate]);
  }
}

/** The flow of a Subscription in a sentence, for those who do not see the picture. Pure. */
export function flowSentence(flow: SubscriptionFlow): string {
  const source = flow.anySource || flow.source === "" ? anySource : flow.source;
  const types = flow.types.map(({ type }) => type).join(", ");
  const rate = sumOf(flow.types.map((type) => type.rate));
  const waiting = sumOf(flow.types.map(({ pending }) => pending));
  const facts = [
    rate === null ? undefined : `${Number(rate.toFixed(1))} deliveries per second`,
    waiting === null ? undefined : `${waiting} waiting`,
    flow.deadLetters ? `${flow.deadLetters} dead letters` : undefined,
    flow.ready ? undefined : `not ready: ${flow.reason ?? "no reason is known"}`,
  ].filter((fact) => fact !== undefined);
  const about = facts.length > 0 ? ` (${facts.join(", ")})` : "";
  return `Events ${types} from ${source} go through Subscription ${flow.name}${about} to ${sinkName(flow.sink, flow.namespace)}.`;
}
