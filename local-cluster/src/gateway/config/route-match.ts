import { canonicalPattern } from "../proxy/canonical-path.ts";
import { headerValue, type HeaderList } from "../proxy/headers.ts";
import {
  booleanOf,
  fieldsOf,
  listOf,
  numberOf,
  problemOf,
  refuseOthers,
  textOf,
  UnsupportedError,
  type Fields,
} from "./fields.ts";
import { compileStringMatch } from "./string-match.ts";

/** What of a request decides its route. */
export interface RequestView {
  method: string;
  path: string;
  query: string;
  host: string;
  headers: HeaderList;
}

export type UriKind = "none" | "exact" | "prefix" | "regex";

/** One entry of `match`; its conditions are all met or it does not match. */
export interface MatchClause {
  conditions: ((request: RequestView) => boolean)[];
  uriKind: UriKind;
  /** The matched prefix, for rewrites. */
  uriPrefix: string;
  /** Gateways ("ns/name" or "mesh") the clause is limited to. */
  gateways: readonly string[] | undefined;
  /** The server port the clause is limited to. */
  port: number | undefined;
  problem: string | undefined;
}

const clauseFields = [
  "name",
  "statPrefix",
  "uri",
  "scheme",
  "method",
  "authority",
  "headers",
  "withoutHeaders",
  "queryParams",
  "ignoreUriCase",
  "port",
  "gateways",
];
const pseudoHeaders = new Set(["uri", "scheme", "method", "authority"]);

/** Compiles one match; what cannot be understood is left out of the conditions and named, so that the clause matches more and its route answers 503. */
export function compileClause(value: unknown, where: string, namespace: string): MatchClause {
  const clause: MatchClause = {
    conditions: [],
    uriKind: "none",
    uriPrefix: "",
    gateways: undefined,
    port: undefined,
    problem: undefined,
  };
  clause.problem = problemOf(() => {
    const fields = fieldsOf(value, where);
    const steps = [addUri, addRequestLine, addHeaders, addQuery, addPlace];
    const problems = steps.map((step) => problemOf(() => step(clause, fields, where)));
    clause.gateways = gatewaysOf(fields, where, namespace);
    refuseOthers(fields, clauseFields, where);
    const first = problems.find((problem) => problem !== undefined);
    if (first) throw new UnsupportedError(first);
  });
  return clause;
}

function addUri(clause: MatchClause, fields: Fields, where: string): void {
  const uri = fieldsOf(fields["uri"], `${where}.uri`);
  const kind = (["exact", "prefix", "regex"] as const).find((name) => uri[name] !== undefined);
  if (fields["uri"] === undefined || !kind) return;
  const ignoreCase = kind !== "regex" && booleanOf(fields["ignoreUriCase"], `${where}.ignoreUriCase`);
  const matches = compileStringMatch(uri, `${where}.uri`, { ignoreCase, canonical: canonicalPattern });
  clause.conditions.push((request) => matches(request.path));
  clause.uriKind = kind;
  if (kind === "prefix") clause.uriPrefix = canonicalPattern(String(uri["prefix"]));
}

function addRequestLine(clause: MatchClause, fields: Fields, where: string): void {
  const add = (name: string, read: (request: RequestView) => string, ignoreCase = false) => {
    if (fields[name] === undefined) return;
    const matches = compileStringMatch(fields[name], `${where}.${name}`, { ignoreCase });
    clause.conditions.push((request) => matches(read(request)));
  };
  add("method", (request) => request.method);
  add("authority", (request) => request.host, true);
  add("scheme", () => "http", true);
}

function addHeaders(clause: MatchClause, fields: Fields, where: string): void {
  for (const [field, wanted] of [
    ["headers", true],
    ["withoutHeaders", false],
  ] as const) {
    for (const [name, value] of Object.entries(fieldsOf(fields[field], `${where}.${field}`))) {
      const lower = name.toLowerCase();
      if (pseudoHeaders.has(lower)) throw new UnsupportedError(`${where}.${field}.${name} is not a header`);
      const matches = compileStringMatch(value, `${where}.${field}.${name}`);
      clause.conditions.push((request) => {
        const actual = headerValue(request.headers, lower);
        return (actual !== undefined && matches(actual)) === wanted;
      });
    }
  }
}

function addQuery(clause: MatchClause, fields: Fields, where: string): void {
  for (const [name, value] of Object.entries(fieldsOf(fields["queryParams"], `${where}.queryParams`))) {
    const matches = compileStringMatch(value, `${where}.queryParams.${name}`);
    clause.conditions.push((request) => {
      const actual = firstQueryValue(request.query, name);
      return actual !== undefined && matches(actual);
    });
  }
}

/** The first value of a parameter as it stands in the query, as Envoy compares it. */
function firstQueryValue(query: string, name: string): string | undefined {
  for (const pair of query.slice(1).split("&")) {
    const equals = pair.indexOf("=");
    if ((equals < 0 ? pair : pair.slice(0, equals)) === name) return equals < 0 ? "" : pair.slice(equals + 1);
  }
  return undefined;
}

function addPlace(clause: MatchClause, fields: Fields, where: string): void {
  clause.port = numberOf(fields["port"], `${where}.port`);
}

function gatewaysOf(fields: Fields, where: string, namespace: string): string[] | undefined {
  const names = listOf(fields["gateways"], `${where}.gateways`).map(
    (item) => textOf(item, `${where}.gateways`) ?? "",
  );
  return names.length === 0 ? undefined : names.map((name) => gatewayName(name, namespace));
}

/** "name" in a namespace or "namespace/name" → "namespace/name"; "mesh" stays. */
export function gatewayName(name: string, namespace: string): string {
  return name === "mesh" || name.includes("/") ? name : `${namespace}/${name}`;
}

export function clauseMatches(clause: MatchClause, request: RequestView): boolean {
  for (const condition of clause.conditions) if (!condition(request)) return false;
  return true;
}
