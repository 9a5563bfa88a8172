import type { UnknownObject } from "@kyma/kube/objects.ts";
import { at, listAt, textAt } from "./relations.ts";

/** What a workload makes its pods of, or a pod itself. */
export interface PodTemplate {
  labels: Record<string, string>;
  spec: unknown;
}

/** Pure. Undefined for kinds that make no pods. */
export function podTemplate(object: UnknownObject): PodTemplate | undefined {
  const place = places[object.kind];
  if (!place) return undefined;
  const template = at(object, ...place);
  const labels = at(template, "metadata", "labels");
  return {
    labels: (typeof labels === "object" && labels !== null ? labels : {}) as Record<string, string>,
    spec: at(template, "spec"),
  };
}

const places: Record<string, string[]> = {
  Pod: [],
  Deployment: ["spec", "template"],
  ReplicaSet: ["spec", "template"],
  StatefulSet: ["spec", "template"],
  DaemonSet: ["spec", "template"],
  Job: ["spec", "template"],
  CronJob: ["spec", "jobTemplate", "spec", "template"],
};

/** Something that a pod template uses by name. */
interface Use {
  kind: "ConfigMap" | "Secret" | "PersistentVolumeClaim" | "ServiceAccount";
  name: string;
  /** e.g. "volume config, env of app" */
  how: string;
}

/** What a pod template refers to, each once with all the ways in which it does. Pure. */
export function usesOf({ spec }: PodTemplate): Use[] {
  const uses = new Map<string, { kind: Use["kind"]; name: string; ways: Set<string> }>();
  const add = (kind: Use["kind"], name: string | undefined, way: string): void => {
    if (name === undefined) return;
    const use = uses.get(`${kind}/${name}`) ?? { kind, name, ways: new Set<string>() };
    use.ways.add(way);
    uses.set(`${kind}/${name}`, use);
  };
  for (const volume of listAt(spec, "volumes")) addVolume(volume, add);
  for (const field of ["initContainers", "containers", "ephemeralContainers"])
    for (const container of listAt(spec, field)) addContainer(container, add);
  for (const secret of listAt(spec, "imagePullSecrets"))
    add("Secret", textAt(secret, "name"), "pulls images");
  add("ServiceAccount", textAt(spec, "serviceAccountName"), "runs as");
  return [...uses.values()].map(({ kind, name, ways }) => ({ kind, name, how: [...ways].join(", ") }));
}

type Add = (kind: Use["kind"], name: string | undefined, way: string) => void;

function addVolume(volume: Record<string, unknown>, add: Add): void {
  const way = `volume ${textAt(volume, "name") ?? ""}`;
  add("ConfigMap", textAt(volume, "configMap", "name"), way);
  add("Secret", textAt(volume, "secret", "secretName"), way);
  add("PersistentVolumeClaim", textAt(volume, "persistentVolumeClaim", "claimName"), way);
  for (const source of listAt(volume, "projected", "sources")) {
    add("ConfigMap", textAt(source, "configMap", "name"), way);
    add("Secret", textAt(source, "secret", "name"), way);
  }
}

function addContainer(container: Record<string, unknown>, add: Add): void {
  const way = `environment of ${textAt(container, "name") ?? ""}`;
  for (const from of listAt(container, "envFrom")) {
    add("ConfigMap", textAt(from, "configMapRef", "name"), way);
    add("Secret", textAt(from, "secretRef", "name"), way);
  }
  for (const variable of listAt(container, "env")) {
    add("ConfigMap", textAt(variable, "valueFrom", "configMapKeyRef", "name"), way);
    add("Secret", textAt(variable, "valueFrom", "secretKeyRef", "name"), way);
  }
}

/** Does a map selector (of a Service) choose these labels? An empty one chooses nothing. Pure. */
export function mapSelects(selector: unknown, labels: Record<string, string>): boolean {
  if (typeof selector !== "object" || selector === null) return false;
  const wanted = Object.entries(selector);
  return (
    wanted.length > 0 && wanted.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)
  );
}

/** Does a LabelSelector choose these labels? An empty one chooses everything, an absent one nothing. Pure. */
export function selects(selector: unknown, labels: Record<string, string>): boolean {
  if (typeof selector !== "object" || selector === null) return false;
  const wanted = Object.entries((at(selector, "matchLabels") as Record<string, string> | undefined) ?? {});
  const value = (key: string): string | undefined => (Object.hasOwn(labels, key) ? labels[key] : undefined);
  return (
    wanted.every(([key, wants]) => value(key) === wants) &&
    listAt(selector, "matchExpressions").every((expression) => fulfils(expression, value))
  );
}

function fulfils(expression: Record<string, unknown>, value: (key: string) => string | undefined): boolean {
  const has = value(textAt(expression, "key") ?? "");
  const values = at(expression, "values");
  const listed = Array.isArray(values) && has !== undefined && values.includes(has);
  const operator = expression["operator"];
  if (operator === "In") return listed;
  if (operator === "NotIn") return !listed;
  if (operator === "Exists") return has !== undefined;
  return operator === "DoesNotExist" && has === undefined;
}
