import type {
  ApiRuleAuthentication,
  ApiRuleCorsPolicy,
  ApiRuleRule,
} from "@kyma/crds/generated/api-rules.gen.ts";
import { jwksUriProblem } from "./jwks-uri.ts";
import type { Problem } from "./problem.ts";

const token = /^[-!#$%&'*+.^_`|~0-9A-Za-z]+$/;
/** Visible characters, spaces and tabs: no line ends, so that a value cannot start another header. */
const headerValue = /^[\t\x20-\x7e\x80-\uffff]*$/;
const cookieValue = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/;
/** The gateway routes by these: a rule that changed them would undo routing. */
const fixedHeaders = new Set(["host", "x-forwarded-host"]);

/** What is wrong with the changes that a rule makes to requests; `at` is the path of the rule. */
export function requestProblems(rule: ApiRuleRule, at: string): Problem[] {
  const { headers = {}, cookies = {} } = rule.request ?? {};
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(headers)) {
    const message = headerProblem(name, value);
    if (message) problems.push({ attribute: `${at}.request.headers`, message });
    if (name.toLowerCase() === "cookie" && Object.keys(cookies).length > 0)
      problems.push({
        attribute: `${at}.request.headers`,
        message: "must not hold Cookie beside request.cookies",
      });
  }
  for (const [name, value] of Object.entries(cookies)) {
    if (!token.test(name) || !cookieValue.test(value))
      problems.push({ attribute: `${at}.request.cookies`, message: `"${name}" is not a valid cookie` });
  }
  return problems;
}

function headerProblem(name: string, value: string): string | undefined {
  if (!token.test(name) || !headerValue.test(value)) return `"${name}" is not a valid header`;
  return fixedHeaders.has(name.toLowerCase())
    ? `${name} is set by the gateway and cannot be changed`
    : undefined;
}

/** What is wrong with the CORS policy. */
export function corsProblems(policy: ApiRuleCorsPolicy | undefined): Problem[] {
  return (policy?.allowOrigins ?? []).flatMap((origin, index) =>
    origin["regex"] === undefined || isLinearRegex(origin["regex"])
      ? []
      : [
          {
            attribute: `spec.corsPolicy.allowOrigins[${index}].regex`,
            message: `"${origin["regex"]}" is not a regular expression in RE2 syntax`,
          },
        ],
  );
}

/** Envoy knows neither look-around nor back-references. */
function isLinearRegex(pattern: string): boolean {
  if (/\(\?(=|!|<=|<!)|\\[1-9]/.test(pattern)) return false;
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}

interface Placed {
  at: string;
  authentication: ApiRuleAuthentication;
}

/** What is wrong with the JWT rules, each by itself and together. */
export function jwtProblems(rules: ApiRuleRule[]): Problem[] {
  const placed = rules.flatMap((rule, index) =>
    (rule.jwt?.authentications ?? []).map((authentication, entry) => ({
      at: `spec.rules[${index}].jwt.authentications[${entry}]`,
      authentication,
    })),
  );
  const empty = rules.flatMap((rule, index) =>
    rule.jwt && !rule.jwt.authentications?.length
      ? [{ attribute: `spec.rules[${index}].jwt.authentications`, message: "must name at least one issuer" }]
      : [],
  );
  return [
    ...empty,
    ...placed.flatMap(authenticationProblems),
    ...mixedSources(rules),
    ...contradictions(placed),
    ...emptyRequirements(rules),
  ];
}

function authenticationProblems({ at, authentication }: Placed): Problem[] {
  const { issuer, jwksUri, fromHeaders = [], fromParams = [] } = authentication;
  const problems: Problem[] = [];
  // In a policy a star would stand for any text.
  if (!issuer || issuer.includes("*"))
    problems.push({ attribute: `${at}.issuer`, message: "must be set and must not hold *" });
  else if (issuer.includes(":") && !URL.canParse(issuer))
    problems.push({ attribute: `${at}.issuer`, message: `issuer "${issuer}" has a colon but is not a URI` });
  const uri = jwksUriProblem(jwksUri);
  if (uri) problems.push({ attribute: `${at}.jwksUri`, message: uri });
  if (fromHeaders.length > 1)
    problems.push({ attribute: `${at}.fromHeaders`, message: "must name at most one header" });
  if (fromParams.length > 1)
    problems.push({ attribute: `${at}.fromParams`, message: "must name at most one parameter" });
  return problems;
}

function mixedSources(rules: ApiRuleRule[]): Problem[] {
  return rules.flatMap(({ jwt }, index) => {
    const authentications = jwt?.authentications ?? [];
    const mixed =
      authentications.some(({ fromHeaders }) => fromHeaders?.length) &&
      authentications.some(({ fromParams }) => fromParams?.length);
    if (!mixed) return [];
    return [
      {
        attribute: `spec.rules[${index}].jwt.authentications`,
        message: "must not mix fromHeaders and fromParams",
      },
    ];
  });
}

/** An issuer has one set of keys and one place for its token, or nobody could say which of them counts. */
function contradictions(placed: Placed[]): Problem[] {
  const first = new Map<string, Placed>();
  return placed.flatMap((next) => {
    const { issuer, jwksUri, fromHeaders = [], fromParams = [] } = next.authentication;
    const known = first.get(issuer);
    if (!known) {
      first.set(issuer, next);
      return [];
    }
    const other = known.authentication;
    if (other.jwksUri !== jwksUri)
      return [
        {
          attribute: `${next.at}.jwksUri`,
          message: `must be that of ${known.at}, for the issuer is the same`,
        },
      ];
    const sources = JSON.stringify([other.fromHeaders ?? [], other.fromParams ?? []]);
    if (sources === JSON.stringify([fromHeaders, fromParams])) return [];
    return [{ attribute: next.at, message: `must have the fromHeaders and fromParams of ${known.at}` }];
  });
}

function emptyRequirements(rules: ApiRuleRule[]): Problem[] {
  return rules.flatMap(({ jwt }, index) =>
    (jwt?.authorizations ?? []).flatMap(({ requiredScopes, audiences }, entry) => {
      const bad = [requiredScopes, audiences].some(
        (list) => list && (list.length === 0 || list.some((value) => !value || value.includes("*"))),
      );
      if (!bad) return [];
      const attribute = `spec.rules[${index}].jwt.authorizations[${entry}]`;
      return [{ attribute, message: "must not have empty lists, empty values or values with *" }];
    }),
  );
}
