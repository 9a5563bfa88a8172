import type { ApiRule, ApiRuleRule } from "@kyma/crds/generated/api-rules.gen.ts";
import { corsProblems, jwtProblems, requestProblems } from "./rule-validation.ts";
import { covers, pathProblem } from "./paths.ts";
import type { Problem } from "./problem.ts";
import { serviceOfRule } from "./targets.ts";

/** Labels hold the name of the owner and are cut off at this length by the API server. */
const longestName = 63;

/**
 * What is wrong with an APIRule when one looks at nothing else. Repeats what the schema says, for objects may be older than the
 * schema, and names each field that this controller does not act on.
 */
export function specProblems(apiRule: ApiRule): Problem[] {
  const { metadata, spec } = apiRule;
  const problems: Problem[] = [];
  if (metadata.name.length > longestName)
    problems.push({ attribute: "metadata.name", message: `must have at most ${longestName} characters` });
  if (spec.hosts?.length !== 1)
    problems.push({ attribute: "spec.hosts", message: "must hold exactly one host" });
  if (spec.externalGateway !== undefined)
    problems.push({
      attribute: "spec.externalGateway",
      message: "is not supported yet; name an Istio Gateway in spec.gateway",
    });
  else if (!spec.gateway)
    problems.push({ attribute: "spec.gateway", message: "must name a Gateway as namespace/name" });
  if (spec.service?.external)
    problems.push({ attribute: "spec.service.external", message: "is not supported yet" });
  problems.push(...corsProblems(spec.corsPolicy));
  if (!spec.rules?.length) problems.push({ attribute: "spec.rules", message: "must hold at least one rule" });
  for (const [index, rule] of (spec.rules ?? []).entries())
    problems.push(...ruleProblems(apiRule, rule, index));
  return [...problems, ...collisions(spec.rules ?? []), ...jwtProblems(spec.rules ?? [])];
}

function ruleProblems(apiRule: ApiRule, rule: ApiRuleRule, index: number): Problem[] {
  const at = `spec.rules[${index}]`;
  const problems: Problem[] = [];
  const path = pathProblem(rule.path);
  if (path) problems.push({ attribute: `${at}.path`, message: `path ${rule.path} ${path}` });
  if (!serviceOfRule(apiRule, rule))
    problems.push({
      attribute: `${at}.service`,
      message: "names no Service, and spec.service is not set either",
    });
  if (rule.service?.external)
    problems.push({ attribute: `${at}.service.external`, message: "is not supported yet" });
  const access = [rule.noAuth === true, rule.jwt !== undefined, rule.extAuth !== undefined];
  if (access.filter(Boolean).length !== 1)
    problems.push({ attribute: at, message: "must have exactly one of noAuth: true, jwt and extAuth" });
  if (rule.extAuth)
    problems.push({ attribute: `${at}.extAuth`, message: "is not supported yet; use jwt or noAuth" });
  return [...problems, ...requestProblems(rule, at)];
}

/** Rules that are never reached for a method, since an earlier rule answers all their requests. */
function collisions(rules: ApiRuleRule[]): Problem[] {
  return rules.flatMap((rule, index) => {
    if (pathProblem(rule.path)) return [];
    for (const [earlierIndex, earlier] of rules.slice(0, index).entries()) {
      const method = rule.methods.find((name) => earlier.methods.includes(name));
      if (method === undefined || pathProblem(earlier.path) || !covers(earlier.path, rule.path)) continue;
      const message =
        `path ${rule.path} with method ${method} is never reached: spec.rules[${earlierIndex}] with path ${earlier.path} ` +
        "answers it already; put the more specific rule first";
      return [{ attribute: `spec.rules[${index}].path`, message }];
    }
    return [];
  });
}
