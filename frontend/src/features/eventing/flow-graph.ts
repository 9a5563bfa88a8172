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

/** The picture of some Subscriptions, in their order. Pure. */
export function flowGraph(flows: readonly SubscriptionFlow[]): FlowGraph {
  const columns = ["Sources", "Types", "Subscriptions", "Sinks"].map((title) => new Column(title));
  const [sources, types, subscriptions, sinks] = columns as [Column, Column, Column, Column];
  const edges: FlowEdge[] = [];
  const manyNamespaces = new Set(flows.map(({ namespace }) => namespace)).size > 1;
  for (const flow of flows) {
    const { namespace, name, sink, ready, reason } = flow;
    const isBroken = !ready;
    const rate = sumOf(flow.types.map((type) => type.rate));
    const label = manyNamespaces ? `${namespace}/${name}` : name;
    const to = { namespace, name };
    const own = { label, rate, isBroken, note: reason ?? undefined, to };
    const subscription = subscriptions.place(`${namespace}/${name}`, own).place;
    const source = sourceOf(flow);
    for (const { type, rate: attempts, published = null } of flow.types) {
      const from = sources.place(source, { label: source, rate: null });
      const via = types.place(JSON.stringify([source, type]), { label: type, rate: published });
      via.node.rate = greater(via.node.rate, published);
      if (via.isNew) edges.push({ column: 0, from: from.place, to: via.place, rate: null, isBroken: false });
      edges.push({ column: 1, from: via.place, to: subscription, rate: attempts, isBroken });
    }
    const target = sinks.place(`${namespace} ${sink}`, { label: sinkName(sink, namespace), rate: null });
    target.node.rate = sumOf([target.node.rate, rate]);
    target.node.isBroken ||= isBroken;
    edges.push({ column: 2, from: subscription, to: target.place, rate, isBroken });
  }
  for (const edge of edges) {
    const [source, type] = [sources.nodes[edge.from], types.nodes[edge.to]];
    if (edge.column !== 0 || !source || !type) continue;
    edge.rate = type.rate;
    source.rate = sumOf([source.rate, type.rate]);
  }
  return { columns, edges };
}

function sourceOf({ anySource: isAny, source }: SubscriptionFlow): string {
  return isAny || source === "" ? anySource : source;
}

function greater(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}

class Column {
  readonly title: string;
  readonly nodes: FlowNode[] = [];
  readonly #places = new Map<string, number>();

  constructor(title: string) {
    this.title = title;
  }

  /** The node of a key with its place; it is added when it is not there yet. */
  place(
    key: string,
    node: Pick<FlowNode, "label" | "rate"> & Partial<FlowNode>,
  ): { node: FlowNode; place: number; isNew: boolean } {
    const known = this.#places.get(key);
    const before = known === undefined ? undefined : this.nodes[known];
    if (known !== undefined && before) return { node: before, place: known, isNew: false };
    const added = { isBroken: false, note: undefined, to: undefined, ...node, key };
    this.#places.set(key, this.nodes.length);
    this.nodes.push(added);
    return { node: added, place: this.nodes.length - 1, isNew: true };
  }
}

/** The flow of a Subscription in a sentence, for those who do not see the picture. Pure. */
export function flowSentence(flow: SubscriptionFlow): string {
  const source = sourceOf(flow);
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
