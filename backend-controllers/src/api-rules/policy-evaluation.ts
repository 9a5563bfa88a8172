import type { AuthorizationPolicy } from "@kyma/crds/generated/istio-authorization-policies.gen.ts";
import type { VirtualService } from "@kyma/crds/generated/istio-virtual-services.gen.ts";
import { pathRegex } from "./paths.ts";

/** For tests: a request at the edge, or from inside the cluster. */
export interface SampleRequest {
  host: string;
  method: string;
  path: string;
  /** Principal of the caller; undefined without mTLS. */
  principal?: string;
  /** Claims of a verified token. */
  claims?: Record<string, string | string[]>;
}

type Rule = NonNullable<AuthorizationPolicy["spec"]["rules"]>[number];
type Source = NonNullable<NonNullable<Rule["from"]>[number]["source"]>;

/** For tests: index of the route that answers, as Istio chooses it; -1 for none. */
export function chosenRoute({ spec }: VirtualService, { method, path }: SampleRequest): number {
  return (spec.http ?? []).findIndex(({ match }) =>
    match?.some(
      ({ method: methods, uri }) =>
        new RegExp(methods?.regex ?? "").test(method) &&
        (uri?.prefix === undefined ? new RegExp(uri?.regex ?? "").test(path) : path.startsWith(uri.prefix)),
    ),
  );
}

/** For tests: whether ALLOW policies, which all select the pod, let a request through, as Istio decides it. */
export function isAllowed(policies: AuthorizationPolicy[], request: SampleRequest): boolean {
  return policies.flatMap(({ spec }) => spec.rules ?? []).some((rule) => ruleMatches(rule, request));
}

function ruleMatches({ from, to, when }: Rule, request: SampleRequest): boolean {
  const fromMatches = !from || from.some(({ source }) => sourceMatches(source ?? {}, request));
  const toMatches = !to || to.some(({ operation }) => operationMatches(operation ?? {}, request));
  const whenMatches = (when ?? []).every(({ key, values }) => {
    const claim = request.claims?.[/\[(.*)\]/.exec(key)?.[1] ?? ""];
    return values?.some((value) => [claim].flat().includes(value));
  });
  return fromMatches && toMatches && whenMatches;
}

function sourceMatches(
  { principals, notPrincipals, requestPrincipals }: Source,
  request: SampleRequest,
): boolean {
  const { principal = "", claims } = request;
  const requestPrincipal = claims ? `${String(claims["iss"])}/${String(claims["sub"])}` : "";
  return (
    (!principals || principals.includes(principal)) &&
    !notPrincipals?.includes(principal) &&
    (!requestPrincipals ||
      requestPrincipals.some(
        (pattern) => requestPrincipal.startsWith(pattern.slice(0, -1)) && claims !== undefined,
      ))
  );
}

function operationMatches(
  operation: { hosts?: string[]; methods?: string[]; paths?: string[]; notPaths?: string[] },
  { host, method, path }: SampleRequest,
): boolean {
  const matches = (pattern: string) => new RegExp(pathRegex(pattern)).test(path);
  return (
    (!operation.hosts || operation.hosts.includes(host)) &&
    (!operation.methods || operation.methods.includes(method)) &&
    (!operation.paths || operation.paths.some(matches)) &&
    !operation.notPaths?.some(matches)
  );
}
