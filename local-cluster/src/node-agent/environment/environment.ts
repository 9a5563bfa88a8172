import type { Container, EnvFromSource, EnvVar, KeyRef, Pod } from "../pods/pod.ts";
import { expand } from "./expand.ts";
import { fieldValue, type PodAddress, resourceValue } from "./field-ref.ts";

/** Values of one ConfigMap or Secret by key; undefined when it does not exist. */
export type Values = Record<string, Buffer> | undefined;

/** Reads what env refers to. */
export interface EnvSources {
  configMap: (name: string) => Promise<Values>;
  secret: (name: string) => Promise<Values>;
}

/** A container that cannot be started until the pod or what it refers to changes: status CreateContainerConfigError. */
export class ContainerConfigError extends Error {}

/** The environment that the container's spec asks for, in its order. */
export async function buildEnvironment(
  pod: Pod,
  container: Container,
  address: PodAddress,
  sources: EnvSources,
): Promise<Record<string, string>> {
  const env: Record<string, string> = {};
  for (const source of container.envFrom ?? []) Object.assign(env, await valuesFrom(source, sources));
  for (const variable of container.env ?? []) {
    const value = await valueOf(variable, { pod, container, address, sources, env });
    if (value !== undefined) env[variable.name] = value;
  }
  return env;
}

async function valuesFrom(source: EnvFromSource, sources: EnvSources): Promise<Record<string, string>> {
  const ref = source.configMapRef ?? source.secretRef;
  if (!ref) return {};
  const kind = source.configMapRef ? "configmap" : "secret";
  const values = await (source.configMapRef ? sources.configMap(ref.name) : sources.secret(ref.name));
  if (!values && !ref.optional) throw new ContainerConfigError(`${kind} "${ref.name}" not found`);
  return Object.fromEntries(
    Object.entries(values ?? {})
      .map(([key, value]) => [`${source.prefix ?? ""}${key}`, value.toString()] as const)
      .filter(([name]) => isEnvName(name)),
  );
}

function isEnvName(name: string): boolean {
  return /^[^=\0]+$/.test(name);
}

interface Scope {
  pod: Pod;
  container: Container;
  address: PodAddress;
  sources: EnvSources;
  env: Record<string, string>;
}

async function valueOf(variable: EnvVar, scope: Scope): Promise<string | undefined> {
  const from = variable.valueFrom;
  if (!from) return expand(variable.value ?? "", (name) => scope.env[name]);
  const field = from.fieldRef;
  if (field) return configured(() => fieldValue(field, scope.pod, scope.address));
  if (from.configMapKeyRef) return keyed("configmap", from.configMapKeyRef, scope.sources.configMap);
  if (from.secretKeyRef) return keyed("secret", from.secretKeyRef, scope.sources.secret);
  const resource = from.resourceFieldRef;
  if (!resource)
    throw new ContainerConfigError(`env ${variable.name}: this kind of valueFrom is not known to this node`);
  const owner = allNamed(scope, resource.containerName);
  return configured(() => resourceValue(resource, owner));
}

function allNamed(scope: Scope, name: string | undefined): Container {
  const { initContainers = [], containers } = scope.pod.spec;
  return [...initContainers, ...containers].find((container) => container.name === name) ?? scope.container;
}

function configured(read: () => string): string {
  try {
    return read();
  } catch (error) {
    throw new ContainerConfigError((error as Error).message);
  }
}

async function keyed(
  kind: string,
  ref: KeyRef,
  read: (name: string) => Promise<Values>,
): Promise<string | undefined> {
  const values = await read(ref.name);
  const value = values?.[ref.key]?.toString();
  if (value !== undefined || ref.optional) return value;
  throw new ContainerConfigError(
    values ? `couldn't find key ${ref.key} in ${kind} "${ref.name}"` : `${kind} "${ref.name}" not found`,
  );
}
