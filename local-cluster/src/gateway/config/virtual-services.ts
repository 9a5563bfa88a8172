import { compileCors, type CorsPolicy } from "./cors.ts";
import {
  durationMsOf,
  fieldsOf,
  listOf,
  nameOf,
  numberOf,
  problemOf,
  refuseOthers,
  textOf,
  textsOf,
  UnsupportedError,
  type ConfigObject,
  type Fields,
} from "./fields.ts";
import { compileHeaderChanges, type RouteHeaderChanges } from "./header-changes.ts";
import { hostPattern, type HostPattern } from "./host-match.ts";
import { compileRedirect, compileRewrite, type Redirect, type Rewrite } from "./rewrites.ts";
import { compileClause, gatewayName, type MatchClause } from "./route-match.ts";
import { serviceKeyOf } from "./service-names.ts";

export interface Destination {
  /** "namespace/name" of the Service; undefined for a host that is no Service name. */
  service: string | undefined;
  host: string;
  port: number | undefined;
  weight: number;
  headers: RouteHeaderChanges;
}

export interface Route {
  /** "namespace/name" of the VirtualService. */
  virtualService: string;
  /** Place among its http routes. */
  index: string;
  /** Alternatives; none means that everything matches. */
  clauses: MatchClause[];
  destinations: Destination[];
  totalWeight: number;
  timeoutMs: number;
  headers: RouteHeaderChanges;
  rewrite: Rewrite | undefined;
  redirect: Redirect | undefined;
  directResponse: { status: number; body: string } | undefined;
  cors: CorsPolicy | undefined;
  /** Set when the route asks for something that is not done here: it answers 503. */
  problem: string | undefined;
}

export interface CompiledVirtualService {
  name: string;
  namespace: string;
  created: string;
  hosts: HostPattern[];
  /** "namespace/name" or "mesh". */
  gateways: string[];
  routes: Route[];
  problems: string[];
}

const routeFields = [
  "name",
  "match",
  "route",
  "redirect",
  "directResponse",
  "rewrite",
  "timeout",
  "retries",
  "headers",
  "corsPolicy",
];
const noHeaders = compileHeaderChanges(undefined, "headers");

/** Compiles one VirtualService. Never throws: what is not supported makes its routes answer 503. */
export function compileVirtualService(object: ConfigObject): CompiledVirtualService {
  const namespace = object.metadata.namespace ?? "";
  const compiled: CompiledVirtualService = {
    name: nameOf(object),
    namespace,
    created: object.metadata.creationTimestamp ?? "",
    hosts: [],
    gateways: [],
    routes: [],
    problems: [],
  };
  const whole = problemOf(() => {
    const spec = fieldsOf(object.spec, "spec");
    compiled.hosts = textsOf(spec["hosts"], "spec.hosts").map((host) => hostPattern(host, "spec.hosts"));
    const gateways = textsOf(spec["gateways"], "spec.gateways").map((name) => gatewayName(name, namespace));
    compiled.gateways = gateways.length === 0 ? ["mesh"] : gateways;
    compiled.routes = listOf(spec["http"], "spec.http").map((route, index) =>
      compileRoute(route, index, compiled),
    );
    checkExport(spec);
    refuseOthers(spec, ["hosts", "gateways", "http", "exportTo"], "spec");
  });
  if (whole !== undefined) compiled.routes = [refusingRoute(compiled.name, whole)];
  compiled.problems = compiled.routes.flatMap((route) => route.problem ?? []);
  return compiled;
}

function checkExport(spec: Fields): void {
  const exported = textsOf(spec["exportTo"], "spec.exportTo");
  if (exported.some((name) => name !== "*"))
    throw new UnsupportedError("spec.exportTo other than * is not supported");
}

function refusingRoute(virtualService: string, problem: string): Route {
  return { ...emptyRoute(virtualService, "0"), problem };
}

function emptyRoute(virtualService: string, index: string): Route {
  return {
    virtualService,
    index,
    clauses: [],
    destinations: [],
    totalWeight: 0,
    timeoutMs: 0,
    headers: noHeaders,
    rewrite: undefined,
    redirect: undefined,
    directResponse: undefined,
    cors: undefined,
    problem: undefined,
  };
}

function compileRoute(value: unknown, index: number, owner: CompiledVirtualService): Route {
  const where = `spec.http[${index}]`;
  const route = emptyRoute(owner.name, String(index));
  route.problem = problemOf(() => {
    const fields = fieldsOf(value, where);
    route.clauses = listOf(fields["match"], `${where}.match`).map((clause, at) =>
      compileClause(clause, `${where}.match[${at}]`, owner.namespace),
    );
    route.cors = compileCors(fields["corsPolicy"], `${where}.corsPolicy`);
    route.headers = compileHeaderChanges(fields["headers"], `${where}.headers`);
    route.timeoutMs = durationMsOf(fields["timeout"], `${where}.timeout`) ?? 0;
    route.rewrite = compileRewrite(fields["rewrite"], `${where}.rewrite`);
    addAction(route, fields, where, owner.namespace);
    refuseRetries(fields, where);
    refuseOthers(fields, routeFields, where);
    const clauseProblem = route.clauses.find((clause) => clause.problem !== undefined)?.problem;
    if (clauseProblem) throw new UnsupportedError(clauseProblem);
  });
  return route;
}

function addAction(route: Route, fields: Fields, where: string, namespace: string): void {
  route.redirect = compileRedirect(fields["redirect"], `${where}.redirect`);
  route.directResponse = directResponseOf(fields["directResponse"], `${where}.directResponse`);
  route.destinations = listOf(fields["route"], `${where}.route`).map((item, at) =>
    compileDestination(item, `${where}.route[${at}]`, namespace),
  );
  const [only, ...others] = route.destinations;
  // A single destination gets everything, whatever its weight says.
  if (only && others.length === 0) only.weight = 100;
  route.totalWeight = route.destinations.reduce((sum, destination) => sum + destination.weight, 0);
  const actions = [route.redirect, route.directResponse, only].filter(
    (action) => action !== undefined,
  ).length;
  if (actions !== 1)
    throw new UnsupportedError(`${where} needs exactly one of route, redirect, directResponse`);
}

function directResponseOf(value: unknown, where: string): Route["directResponse"] {
  if (value === undefined || value === null) return undefined;
  const fields = fieldsOf(value, where);
  refuseOthers(fields, ["status", "body"], where);
  const status = numberOf(fields["status"], `${where}.status`) ?? 0;
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new UnsupportedError(`${where}.status ${status} is not an HTTP status`);
  }
  const body = fieldsOf(fields["body"], `${where}.body`);
  refuseOthers(body, ["string"], `${where}.body`);
  return { status, body: textOf(body["string"], `${where}.body.string`) ?? "" };
}

/** The gateway never repeats a request that may have reached an upstream, so only "no retries" can be honoured. */
function refuseRetries(fields: Fields, where: string): void {
  if (fields["retries"] === undefined || fields["retries"] === null) return;
  const retries = fieldsOf(fields["retries"], `${where}.retries`);
  if (numberOf(retries["attempts"], `${where}.retries.attempts`) !== 0) {
    throw new UnsupportedError(`${where}.retries other than attempts: 0 is not supported`);
  }
}

function compileDestination(value: unknown, where: string, namespace: string): Destination {
  const fields = fieldsOf(value, where);
  refuseOthers(fields, ["destination", "weight", "headers"], where);
  const destination = fieldsOf(fields["destination"], `${where}.destination`);
  refuseOthers(destination, ["host", "port"], `${where}.destination`);
  const port = fieldsOf(destination["port"], `${where}.destination.port`);
  refuseOthers(port, ["number"], `${where}.destination.port`);
  const host = textOf(destination["host"], `${where}.destination.host`) ?? "";
  const weight = numberOf(fields["weight"], `${where}.weight`) ?? 0;
  if (!Number.isInteger(weight) || weight < 0)
    throw new UnsupportedError(`${where}.weight ${weight} is not a weight`);
  return {
    service: serviceKeyOf(host, namespace),
    host,
    port: numberOf(port["number"], `${where}.destination.port.number`),
    weight,
    headers: compileHeaderChanges(fields["headers"], `${where}.headers`),
  };
}
