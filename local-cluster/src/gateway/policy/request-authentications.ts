import {
  fieldsOf,
  listOf,
  nameOf,
  booleanOf,
  problemOf,
  refuseOthers,
  textOf,
  textsOf,
  UnsupportedError,
  type ConfigObject,
  type Fields,
} from "../config/fields.ts";
import { selectorOf, type LabelSelector } from "../config/workloads.ts";
import { parseKeys, type StaticKeys } from "./key-documents.ts";
import { tokenLocations, type TokenLocation } from "./token-locations.ts";

/** Where the keys of an issuer come from; "none" when they cannot be had, so that its tokens are refused. */
export type KeySource =
  { kind: "inline"; keys: StaticKeys } | { kind: "uri"; uri: string } | { kind: "none" };

export interface JwtRule {
  issuer: string;
  /** Empty accepts any audience. */
  audiences: string[];
  keys: KeySource;
  locations: TokenLocation[];
  forwardOriginalToken: boolean;
  payloadHeader: string | undefined;
  claimHeaders: { header: string; claim: string }[];
  spaceDelimited: ReadonlySet<string>;
}

export interface RequestAuthentication {
  name: string;
  namespace: string;
  selector: LabelSelector;
  rules: JwtRule[];
  /** Not understood as a whole: every request to what it may select is refused with 401. */
  refusesAll: boolean;
  problems: string[];
}

const ruleFields = [
  "issuer",
  "audiences",
  "jwks",
  "jwksUri",
  "jwks_uri",
  "fromHeaders",
  "fromParams",
  "fromCookies",
  "outputPayloadToHeader",
  "outputClaimToHeaders",
  "forwardOriginalToken",
  "spaceDelimitedClaims",
  "timeout",
];
/** Claims that Istio always reads as lists of words. */
const alwaysSpaceDelimited = ["scope", "permission"];

export function compileRequestAuthentication(object: ConfigObject): RequestAuthentication {
  const compiled: RequestAuthentication = {
    name: nameOf(object),
    namespace: object.metadata.namespace ?? "",
    selector: [],
    rules: [],
    refusesAll: false,
    problems: [],
  };
  const whole = problemOf(() => {
    const spec = fieldsOf(object.spec, "spec");
    compiled.selector = selectorOf(spec);
    refuseOthers(spec, ["selector", "jwtRules"], "spec");
    for (const [index, rule] of listOf(spec["jwtRules"], "spec.jwtRules").entries()) {
      compiled.rules.push(compileJwtRule(rule, `spec.jwtRules[${index}]`, compiled.problems));
    }
  });
  if (whole === undefined) return compiled;
  return { ...compiled, refusesAll: true, problems: [whole] };
}

function compileJwtRule(value: unknown, where: string, problems: string[]): JwtRule {
  const fields = fieldsOf(value, where);
  refuseOthers(fields, ruleFields, where);
  const issuer = textOf(fields["issuer"], `${where}.issuer`);
  if (!issuer) throw new UnsupportedError(`${where}.issuer is missing`);
  let keys: KeySource = { kind: "none" };
  const problem = problemOf(() => {
    keys = keySource(fields, where);
  });
  if (problem) problems.push(problem);
  return {
    issuer,
    keys,
    audiences: textsOf(fields["audiences"], `${where}.audiences`),
    locations: tokenLocations(fields, where),
    forwardOriginalToken: booleanOf(fields["forwardOriginalToken"], `${where}.forwardOriginalToken`),
    payloadHeader: textOf(fields["outputPayloadToHeader"], `${where}.outputPayloadToHeader`)?.toLowerCase(),
    claimHeaders: claimHeadersOf(fields, where),
    spaceDelimited: new Set([
      ...alwaysSpaceDelimited,
      ...textsOf(fields["spaceDelimitedClaims"], `${where}.spaceDelimitedClaims`),
    ]),
  };
}

function claimHeadersOf(fields: Fields, where: string): JwtRule["claimHeaders"] {
  return listOf(fields["outputClaimToHeaders"], `${where}.outputClaimToHeaders`).map((item) => {
    const entry = fieldsOf(item, `${where}.outputClaimToHeaders`);
    const header = textOf(entry["header"], `${where}.outputClaimToHeaders.header`);
    const claim = textOf(entry["claim"], `${where}.outputClaimToHeaders.claim`);
    if (!header || !claim) throw new UnsupportedError(`${where}.outputClaimToHeaders needs header and claim`);
    return { header: header.toLowerCase(), claim };
  });
}

function keySource(fields: Fields, where: string): KeySource {
  const inline = textOf(fields["jwks"], `${where}.jwks`);
  if (inline) {
    const keys = parseKeys(inline);
    if (!keys) throw new UnsupportedError(`${where}.jwks is not a usable JSON Web Key Set`);
    return { kind: "inline", keys };
  }
  const uri = textOf(fields["jwksUri"] ?? fields["jwks_uri"], `${where}.jwksUri`);
  if (!uri)
    throw new UnsupportedError(
      `${where} has neither jwks nor jwksUri; discovery from the issuer is not supported`,
    );
  return { kind: "uri", uri };
}

/** All RequestAuthentications of one workload. */
export interface AuthenticationSet {
  rules: JwtRule[];
  refusesAll: boolean;
  /** Headers that carry verified claims: never taken from the caller. */
  outputs: ReadonlySet<string>;
}

/** Undefined when none applies. */
export function authenticationSet(policies: readonly RequestAuthentication[]): AuthenticationSet | undefined {
  if (policies.length === 0) return undefined;
  const rules = policies.flatMap((policy) => policy.rules);
  const outputs = rules.flatMap((rule) => [
    rule.payloadHeader,
    ...rule.claimHeaders.map(({ header }) => header),
  ]);
  return {
    rules,
    refusesAll: policies.some((policy) => policy.refusesAll),
    outputs: new Set(outputs.filter((name) => name !== undefined)),
  };
}
