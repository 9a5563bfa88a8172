import {
  booleanOf,
  fieldsOf,
  listOf,
  nameOf,
  numberOf,
  problemOf,
  refuseOthers,
  textMapOf,
  textOf,
  textsOf,
  UnsupportedError,
  type ConfigObject,
} from "./fields.ts";
import { hostPattern, type HostPattern } from "./host-match.ts";
import { ingressGateway } from "./workloads.ts";

export interface ServerHost {
  pattern: HostPattern;
  /** Only VirtualServices of this namespace may bind to it. */
  namespace: string | undefined;
}

/** One entry of `servers` of a Gateway that the local edge stands for. */
export interface GatewayServer {
  hosts: ServerHost[];
  port: number;
  httpsRedirect: boolean;
  /** Set when the edge cannot serve it: its hosts answer 503. */
  problem: string | undefined;
}

export interface CompiledGateway {
  name: string;
  servers: GatewayServer[];
  problems: string[];
}

/** Compiles one Gateway; one that selects other pods than the ingress gateway's has no servers here. */
export function compileGateway(object: ConfigObject): CompiledGateway {
  const namespace = object.metadata.namespace ?? "";
  const servers: GatewayServer[] = [];
  const whole = problemOf(() => {
    const spec = fieldsOf(object.spec, "spec");
    const selector = textMapOf(spec["selector"], "spec.selector");
    if (!selector.every(([name, value]) => ingressGateway.labels[name] === value)) return;
    refuseOthers(spec, ["selector", "servers"], "spec");
    const listed = listOf(spec["servers"], "spec.servers");
    servers.push(
      ...listed.map((server, index) => compileServer(server, `spec.servers[${index}]`, namespace)),
    );
  });
  const problems = [whole, ...servers.map((server) => server.problem)].filter(
    (problem) => problem !== undefined,
  );
  return { name: nameOf(object), servers, problems };
}

function compileServer(value: unknown, where: string, namespace: string): GatewayServer {
  const server: GatewayServer = { hosts: [], port: 0, httpsRedirect: false, problem: undefined };
  server.problem = problemOf(() => {
    const fields = fieldsOf(value, where);
    server.hosts = textsOf(fields["hosts"], `${where}.hosts`).map((host) =>
      serverHost(host, `${where}.hosts`, namespace),
    );
    const port = fieldsOf(fields["port"], `${where}.port`);
    server.port = numberOf(port["number"], `${where}.port.number`) ?? 0;
    const tls = fieldsOf(fields["tls"], `${where}.tls`);
    server.httpsRedirect = booleanOf(tls["httpsRedirect"], `${where}.tls.httpsRedirect`);
    const protocol = textOf(port["protocol"], `${where}.port.protocol`)?.toUpperCase();
    if (protocol !== "HTTP")
      throw new UnsupportedError(`${where}.port.protocol ${protocol} is not served by the local edge`);
    refuseOthers(tls, ["httpsRedirect"], `${where}.tls`);
    refuseOthers(fields, ["hosts", "port", "tls", "name"], where);
  });
  return server;
}

/** `host`, `./host`, `* /host` or `namespace/host`. */
function serverHost(text: string, where: string, namespace: string): ServerHost {
  const slash = text.indexOf("/");
  const pattern = hostPattern(text.slice(slash + 1), where);
  const owner = slash < 0 ? "*" : text.slice(0, slash);
  return { pattern, namespace: owner === "*" ? undefined : owner === "." ? namespace : owner };
}
