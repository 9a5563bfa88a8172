import type { EnvEntry, KeyReference } from "./kyma-function.ts";

/** Where a variable's value comes from; `other` is kept as it is (fields of the pod, made elsewhere). */
export type EnvSource = "value" | "secret" | "configMap" | "other";

const reserved = new Set([
  "FUNC_RUNTIME",
  "FUNC_HANDLER",
  "FUNC_PORT",
  "FUNC_HANDLER_SOURCE",
  "FUNC_HANDLER_DEPENDENCIES",
  "MOD_NAME",
  "NODE_PATH",
  "PYTHONPATH",
]);

/** Which kind of source an entry has. */
export function envSource({ valueFrom }: EnvEntry): EnvSource {
  if (valueFrom === undefined) return "value";
  if (valueFrom.secretKeyRef) return "secret";
  return valueFrom.configMapKeyRef ? "configMap" : "other";
}

/** The Secret's or ConfigMap's key that an entry takes its value from. */
export function keyReference({ valueFrom }: EnvEntry): KeyReference | undefined {
  return valueFrom?.secretKeyRef ?? valueFrom?.configMapKeyRef;
}

/** An entry of the same name that takes its value from elsewhere. */
export function withSource(
  name: string,
  source: "value" | "secret" | "configMap",
  reference?: KeyReference,
): EnvEntry {
  if (source === "value") return { name, value: "" };
  const chosen = reference ?? { name: "", key: "" };
  return { name, valueFrom: source === "secret" ? { secretKeyRef: chosen } : { configMapKeyRef: chosen } };
}

/** What is wrong with a variable, or undefined. `all` are the variables of the Function, this one included. */
export function envProblem(entry: EnvEntry, all: readonly EnvEntry[]): string | undefined {
  const { name } = entry;
  if (name === "") return "The variable needs a name.";
  if (reserved.has(name)) return `${name} is reserved for the runtime.`;
  if (!/^[-._A-Za-z][-._A-Za-z0-9]*$/.test(name)) return `${name} is no valid name for a variable.`;
  if (all.filter((other) => other.name === name).length > 1) return `${name} is there more than once.`;
  const reference = keyReference(entry);
  if (reference && ((reference.name ?? "") === "" || reference.key === ""))
    return `Choose what ${name} is taken from.`;
  return undefined;
}
