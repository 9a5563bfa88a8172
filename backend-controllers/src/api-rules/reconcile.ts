import type { ApiRule } from "@kyma/crds/generated/api-rules.gen.ts";
import { apiRules } from "@kyma/crds/resource-types.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { NotFoundError } from "@kyma/kube/errors.ts";
import { type ObjectKey, keyOf, keyText, parseKey } from "@kyma/kube/objects.ts";
import { type Writer, writeStatus } from "../runtime/apply.ts";
import type { Reconcile, Result } from "../runtime/controller.ts";
import { addFinalizer, hasFinalizer, removeFinalizer } from "../runtime/finalizers.ts";
import type { ApiRuleCaches } from "./caches.ts";
import { ApiRuleChildren } from "./children.ts";
import type { Claims } from "./claims.ts";
import { gatewayKey } from "./hosts.ts";
import type { Service } from "./kinds.ts";
import { finalizer } from "./ownership.ts";
import { type Surroundings, referenceProblems, warningOf } from "./references.ts";
import { meshInjects, podsWithoutProxy } from "./sidecars.ts";
import { type Outcome, statusOf, success, validationFailure, warning } from "./status.ts";
import { deniesInClusterTraffic, exposedServices, serviceKey, serviceOfRule } from "./targets.ts";
import { specProblems } from "./validation.ts";

export interface ApiRuleDependencies {
  client: KubeClient;
  caches: ApiRuleCaches;
  claims: Claims;
}

const manager = "api-rule-controller";
/** Pods are not watched: while one lacks its sidecar, they are looked at this often. */
const podRecheckMs = 10_000;

/** Makes routes and policies fit one APIRule. */
export function apiRuleReconcile(dependencies: ApiRuleDependencies): Reconcile {
  const { client, caches } = dependencies;
  return async (key, { signal }) => {
    const writer = { client, manager, signal };
    const children = new ApiRuleChildren(key, caches, writer);
    const known = caches.apiRules.get(key);
    // Children without parent: somebody took the finalizer away.
    if (!known) return children.removeAll();
    if (known.metadata.deletionTimestamp !== undefined) return finish(known, children, dependencies);
    return putIntoEffect(await withFinalizer(known, dependencies), children, writer, dependencies);
  };
}

async function finish(
  apiRule: ApiRule,
  children: ApiRuleChildren,
  { client }: ApiRuleDependencies,
): Promise<void> {
  if (!hasFinalizer(apiRule, finalizer)) return;
  await children.removeAll();
  try {
    await removeFinalizer(client, apiRules, apiRule, finalizer);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
}

async function withFinalizer(known: ApiRule, { client, caches }: ApiRuleDependencies): Promise<ApiRule> {
  if (hasFinalizer(known, finalizer)) return known;
  const written = await addFinalizer(client, apiRules, known, finalizer);
  caches.apiRules.remember(written, known);
  return written;
}

async function putIntoEffect(
  apiRule: ApiRule,
  children: ApiRuleChildren,
  writer: Writer,
  dependencies: ApiRuleDependencies,
): Promise<Result> {
  const { caches, claims } = dependencies;
  const surroundings = await surroundingsOf(apiRule, dependencies, writer.signal);
  const problems = [...specProblems(apiRule), ...referenceProblems(apiRule, surroundings)];
  const host = claims.hostOf(apiRule);
  let outcome: Outcome;
  let wrote: boolean;
  if (problems.length > 0 || host === undefined || !surroundings.gateway) {
    wrote = await children.withdraw(apiRule, surroundings.hostOwner === undefined ? undefined : host);
    outcome = validationFailure(problems);
  } else {
    wrote = await children.apply({
      apiRule,
      host,
      services: servicesOfRules(apiRule, surroundings),
      closedInside: closedInside(apiRule, caches),
    });
    const text = warningOf(apiRule, surroundings.gateway, host);
    outcome = text === undefined ? success : warning(text);
  }
  await report(apiRule, outcome, wrote, writer, caches);
  return surroundings.unguarded ? { requeueAfterMs: podRecheckMs } : undefined;
}

async function report(
  apiRule: ApiRule,
  outcome: Outcome,
  wrote: boolean,
  writer: Writer,
  caches: ApiRuleCaches,
): Promise<void> {
  const status = statusOf(apiRule, outcome, wrote, new Date());
  const written = await writeStatus(writer, apiRules, apiRule, status);
  if (written) caches.apiRules.remember(written, apiRule);
}

async function surroundingsOf(
  apiRule: ApiRule,
  { client, caches, claims }: ApiRuleDependencies,
  signal: AbortSignal,
): Promise<Surroundings & { unguarded: boolean }> {
  const gateway = gatewayKey(apiRule);
  const injected = exposedServices(apiRule).flatMap((text) => {
    const service = caches.services.get(parseKey(text));
    const namespace = caches.namespaces.get({ name: parseKey(text).namespace ?? "" });
    return service && meshInjects(namespace) ? [service] : [];
  });
  const withoutProxy = await podsWithoutProxy(client, injected, signal);
  return {
    gateway: gateway && caches.gateways.get(gateway),
    service: (key: ObjectKey) => caches.services.get(key),
    hostOwner: claims.hostOwner(apiRule),
    podsWithoutProxy: (service) => withoutProxy.get(keyText(keyOf(service))) ?? [],
    rivalForIssuer: (trusted) => claims.rivalForIssuer(apiRule, trusted),
    unguarded: [...withoutProxy.values()].some((pods) => pods.length > 0),
  };
}

function servicesOfRules(apiRule: ApiRule, surroundings: Surroundings): Service[] {
  return apiRule.spec.rules.map((rule) => {
    const wanted = serviceOfRule(apiRule, rule);
    const service = wanted && surroundings.service(serviceKey(apiRule, wanted));
    if (!service) throw new TypeError(`the Service of rule ${rule.path} was not validated`);
    return service;
  });
}

/** One APIRule that closes a Service for calls from inside the cluster closes it for all. */
function closedInside(apiRule: ApiRule, caches: ApiRuleCaches): Set<string> {
  const closed = (service: string): boolean =>
    deniesInClusterTraffic(apiRule) ||
    caches.apiRules
      .byIndex("closedInside", service)
      .some((other) => other.metadata.deletionTimestamp === undefined);
  return new Set(exposedServices(apiRule).filter(closed));
}
