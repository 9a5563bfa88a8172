import { fieldsOf, refuseOthers, textsOf, UnsupportedError, type Fields } from "../config/fields.ts";
import { compilePolicyValue } from "../config/string-match.ts";
import { addressBlocks } from "./address-blocks.ts";
import type { Condition, PolicyRequest } from "./policy-request.ts";

/** Compiles the values of one field into a test of the request. */
export type FieldCompiler = (values: readonly string[], where: string) => Condition;

const principalForm = /^[^/]+\/ns\/([^/]+)\/sa\/([^/]+)$/;

/** Any of the values matches the text; a request without the text matches none. */
export function textField(read: (request: PolicyRequest) => string | undefined): FieldCompiler {
  return (values) => {
    const matches = values.map((value) => compilePolicyValue(value));
    return (request) => {
      const actual = read(request);
      return actual !== undefined && matches.some((match) => match(actual));
    };
  };
}

export function addressField(read: (request: PolicyRequest) => string): FieldCompiler {
  return (values, where) => {
    const contains = addressBlocks(values, where);
    return (request) => contains(read(request));
  };
}

export const sourceNamespace = textField((request) => identityPart(request, 1));
export const sourcePrincipal = textField((request) => request.principal);
export const requestPrincipal = textField((request) => request.token?.principal);
/** Also the remote address: nobody in front of this gateway is trusted to name another client. */
export const sourceAddress = addressField((request) => request.sourceIp);

function identityPart(request: PolicyRequest, part: 1 | 2): string | undefined {
  return request.principal === undefined ? undefined : principalForm.exec(request.principal)?.[part];
}

/** "namespace/name", or "name" in the policy's namespace; compared literally. */
function serviceAccounts(namespace: string): FieldCompiler {
  return (values) => {
    const wanted = new Set(values.map((value) => (value.includes("/") ? value : `${namespace}/${value}`)));
    return (request) => {
      const owner = identityPart(request, 1);
      return owner !== undefined && wanted.has(`${owner}/${identityPart(request, 2)}`);
    };
  };
}

/**
 * Compiles a `source` or an `operation`: every field must hold; `notX` holds when none of its values matches. An empty one is refused, as
 * Istio's validation does.
 */
export function compileFields(
  value: unknown,
  where: string,
  compilers: Record<string, FieldCompiler>,
): Condition {
  const fields = fieldsOf(value, where);
  refuseOthers(
    fields,
    Object.keys(compilers).flatMap((name) => [name, negated(name)]),
    where,
  );
  const conditions: Condition[] = [];
  for (const [name, compiler] of Object.entries(compilers)) {
    const positive = textsOf(fields[name], `${where}.${name}`);
    if (positive.length > 0) conditions.push(compiler(positive, `${where}.${name}`));
    const negative = textsOf(fields[negated(name)], `${where}.${negated(name)}`);
    if (negative.length > 0) conditions.push(not(compiler(negative, `${where}.${negated(name)}`)));
  }
  if (conditions.length === 0) throw new UnsupportedError(`${where} is empty`);
  return (request) => conditions.every((condition) => condition(request));
}

function negated(name: string): string {
  return `not${name[0]?.toUpperCase()}${name.slice(1)}`;
}

export function not(condition: Condition): Condition {
  return (request) => !condition(request);
}

export function compileSource(value: unknown, where: string, namespace: string): Condition {
  const entry: Fields = fieldsOf(value, where);
  refuseOthers(entry, ["source"], where);
  return compileFields(entry["source"], `${where}.source`, {
    principals: sourcePrincipal,
    requestPrincipals: requestPrincipal,
    namespaces: sourceNamespace,
    serviceAccounts: serviceAccounts(namespace),
    ipBlocks: sourceAddress,
    remoteIpBlocks: sourceAddress,
  });
}
