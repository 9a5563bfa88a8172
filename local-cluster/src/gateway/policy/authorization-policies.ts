import {
  fieldsOf,
  listOf,
  nameOf,
  problemOf,
  refuseOthers,
  textOf,
  UnsupportedError,
  type ConfigObject,
} from "../config/fields.ts";
import { selectorOf, type LabelSelector } from "../config/workloads.ts";
import { compileOperation } from "./operations.ts";
import type { Condition, PolicyRequest } from "./policy-request.ts";
import { compileSource } from "./sources.ts";
import { compileWhen } from "./when-conditions.ts";

export type PolicyAction = "ALLOW" | "DENY" | "CUSTOM" | "AUDIT";

export interface AuthorizationPolicy {
  name: string;
  namespace: string;
  selector: LabelSelector;
  action: PolicyAction;
  /** Any of them matching makes the policy match. */
  rules: Condition[];
  /** What could not be understood; each fails closed. */
  problems: string[];
}

const actions = new Set(["ALLOW", "DENY", "CUSTOM", "AUDIT"]);
const dryRun = "istio.io/dry-run";

/**
 * Compiles one AuthorizationPolicy. A rule that is not understood never matches in ALLOW and always matches in DENY and CUSTOM; a policy
 * that is not understood as a whole denies every request to what it may select. A dry-run policy is not enforced (undefined).
 */
export function compileAuthorizationPolicy(object: ConfigObject): AuthorizationPolicy | undefined {
  if (object.metadata.annotations?.[dryRun] === "true") return undefined;
  const policy: AuthorizationPolicy = {
    name: nameOf(object),
    namespace: object.metadata.namespace ?? "",
    selector: [],
    action: "ALLOW",
    rules: [],
    problems: [],
  };
  const whole = problemOf(() => {
    const spec = fieldsOf(object.spec, "spec");
    policy.selector = selectorOf(spec);
    const action = textOf(spec["action"], "spec.action") ?? "ALLOW";
    if (!actions.has(action)) throw new UnsupportedError(`spec.action ${action} is not supported`);
    policy.action = action as PolicyAction;
    refuseOthers(spec, ["selector", "action", "rules", ...(action === "CUSTOM" ? ["provider"] : [])], "spec");
    for (const [index, rule] of listOf(spec["rules"], "spec.rules").entries())
      addRule(policy, rule, `spec.rules[${index}]`);
  });
  if (whole === undefined) return policy;
  return { ...policy, action: "DENY", rules: [() => true], problems: [whole] };
}

function addRule(policy: AuthorizationPolicy, value: unknown, where: string): void {
  const refusing = policy.action !== "ALLOW";
  const problem = problemOf(() => {
    policy.rules.push(compileRule(value, where, policy.namespace, refusing));
  });
  if (problem === undefined) return;
  policy.problems.push(problem);
  if (refusing) policy.rules.push(() => true);
}

function compileRule(value: unknown, where: string, namespace: string, refusing: boolean): Condition {
  const fields = fieldsOf(value, where);
  refuseOthers(fields, ["from", "to", "when"], where);
  const from = listOf(fields["from"], `${where}.from`).map((entry, at) =>
    compileSource(entry, `${where}.from[${at}]`, namespace),
  );
  const to = listOf(fields["to"], `${where}.to`).map((entry, at) =>
    compileOperation(entry, `${where}.to[${at}]`, refusing),
  );
  const when = listOf(fields["when"], `${where}.when`).map((entry, at) =>
    compileWhen(entry, `${where}.when[${at}]`),
  );
  return (request) =>
    (from.length === 0 || from.some((condition) => condition(request))) &&
    (to.length === 0 || to.some((condition) => condition(request))) &&
    when.every((condition) => condition(request));
}

/** The policies of one workload by what they do. */
export interface PolicySet {
  custom: AuthorizationPolicy[];
  deny: AuthorizationPolicy[];
  allow: AuthorizationPolicy[];
}

export function policySet(policies: readonly AuthorizationPolicy[]): PolicySet {
  const of = (action: PolicyAction) => policies.filter((policy) => policy.action === action);
  return { custom: of("CUSTOM"), deny: of("DENY"), allow: of("ALLOW") };
}

/**
 * CUSTOM before DENY before ALLOW. There is no external authorizer here, so a CUSTOM policy that matches refuses. With ALLOW policies one of
 * them must match; with none the request passes.
 */
export function isAllowed(set: PolicySet, request: PolicyRequest): boolean {
  for (const policy of set.custom) if (matchesPolicy(policy, request)) return false;
  for (const policy of set.deny) if (matchesPolicy(policy, request)) return false;
  return set.allow.length === 0 || set.allow.some((policy) => matchesPolicy(policy, request));
}

function matchesPolicy(policy: AuthorizationPolicy, request: PolicyRequest): boolean {
  for (const rule of policy.rules) if (rule(request)) return true;
  return false;
}
