import { parseQuantity } from "@kyma/kube/quantity.ts";
import { isSidecar } from "./pod-state.ts";

type Quantities = Record<string, string>;
interface Resources {
  requests?: Quantities;
  limits?: Quantities;
}
interface Container {
  restartPolicy?: string;
  resources?: Resources;
}
export interface PodSpec {
  containers: readonly Container[];
  initContainers?: readonly Container[];
  /** Of the pod as a whole; they count instead of its containers'. */
  resources?: Resources;
  overhead?: Quantities;
}

type Amounts = Map<string, number>;

/** What a pod asks for (or is limited to), per resource, as the scheduler counts it. Pure. */
export function podAmounts(spec: PodSpec, which: "requests" | "limits"): Amounts {
  const running: Amounts = new Map();
  for (const container of spec.containers) add(running, amountsOf(container, which));
  // Init containers run one after another, each beside the sidecars that were started before it.
  const sidecars: Amounts = new Map();
  let starting: Amounts = new Map();
  for (const container of spec.initContainers ?? []) {
    const amounts = amountsOf(container, which);
    if (isSidecar(container)) {
      add(sidecars, amounts);
      starting = larger(starting, sidecars);
    } else {
      const beside = new Map(sidecars);
      add(beside, amounts);
      starting = larger(starting, beside);
    }
  }
  add(running, sidecars);
  const total = larger(running, starting);
  for (const [name, text] of Object.entries(spec.resources?.[which] ?? {}))
    total.set(name, parseQuantity(text) ?? 0);
  const overhead = new Map(
    Object.entries(spec.overhead ?? {}).map(([name, text]) => [name, parseQuantity(text) ?? 0]),
  );
  // Overhead counts for a limit only where there is one.
  for (const [name, amount] of overhead)
    if (which === "requests" || total.has(name)) total.set(name, (total.get(name) ?? 0) + amount);
  return total;
}

function amountsOf({ resources }: Container, which: "requests" | "limits"): Amounts {
  // Without a request the limit counts as one.
  const texts = which === "requests" ? { ...resources?.limits, ...resources?.requests } : resources?.limits;
  return new Map(Object.entries(texts ?? {}).map(([name, text]) => [name, parseQuantity(text) ?? 0]));
}

function add(sum: Amounts, more: Amounts): void {
  for (const [name, amount] of more) sum.set(name, (sum.get(name) ?? 0) + amount);
}

function larger(a: Amounts, b: Amounts): Amounts {
  const names = new Set([...a.keys(), ...b.keys()]);
  return new Map([...names].map((name) => [name, Math.max(a.get(name) ?? 0, b.get(name) ?? 0)]));
}
