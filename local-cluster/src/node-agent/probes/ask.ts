import * as http from "node:http";
import * as https from "node:https";
import { connect } from "node:net";
import { processAddress } from "../pods/addresses.ts";
import type { Container, HttpGetAction, Probe } from "../pods/pod.ts";

export interface ProbeAnswer {
  ok: boolean;
  /** Why not, as a kubelet says it. */
  message: string;
}

/** Asks once. `podIp` is the address in the pod's status; the connection goes to where the process listens. */
export function ask(probe: Probe, container: Container, podIp: string): Promise<ProbeAnswer> {
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000;
  if (probe.httpGet) return askHttp(probe.httpGet, portOf(probe.httpGet.port, container), podIp, timeoutMs);
  if (probe.tcpSocket)
    return askTcp(portOf(probe.tcpSocket.port, container), probe.tcpSocket.host ?? podIp, timeoutMs);
  return Promise.resolve({
    ok: false,
    message: "the local node knows no such probe: use httpGet or tcpSocket",
  });
}

/** A probe that this node can carry out. */
export function isKnownProbe(probe: Probe): boolean {
  return Boolean(probe.httpGet ?? probe.tcpSocket);
}

function portOf(port: number | string, container: Container): number {
  if (typeof port === "number") return port;
  return container.ports?.find(({ name }) => name === port)?.containerPort ?? Number(port);
}

function askHttp(
  action: HttpGetAction,
  port: number,
  podIp: string,
  timeoutMs: number,
): Promise<ProbeAnswer> {
  const { url, options } = httpTarget(action, port, podIp);
  return new Promise((resolve) => {
    const failed = (message: string): void => resolve({ ok: false, message });
    if (!(port > 0 && port < 65_536)) return failed(`the container has no port "${action.port}"`);
    const request = (action.scheme === "HTTPS" ? https : http).get(options, (answer) => {
      const status = answer.statusCode ?? 0;
      answer.destroy();
      resolve({ ok: status >= 200 && status < 400, message: `HTTP probe failed with statuscode: ${status}` });
    });
    const late = setTimeout(() => {
      request.destroy();
      failed(`Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`);
    }, timeoutMs);
    request.on("error", (error) => failed(`Get "${url}": ${dialText(error, action.host ?? podIp, port)}`));
    request.on("close", () => clearTimeout(late));
  });
}

function httpTarget(
  action: HttpGetAction,
  port: number,
  podIp: string,
): { url: string; options: https.RequestOptions } {
  const host = action.host ?? podIp;
  const path = action.path?.startsWith("/") ? action.path : `/${action.path ?? ""}`;
  const headers: Record<string, string> = {
    host: `${host}:${port}`,
    "user-agent": "kube-probe/1.36",
    accept: "*/*",
    connection: "close",
  };
  for (const { name, value } of action.httpHeaders ?? []) headers[name.toLowerCase()] = value;
  return {
    url: `${(action.scheme ?? "HTTP").toLowerCase()}://${host}:${port}${path}`,
    // A pod's certificate is its own: a kubelet does not verify it either.
    options: {
      host: processAddress(host) ?? host,
      port,
      path,
      headers,
      agent: false,
      rejectUnauthorized: false,
    },
  };
}

function askTcp(port: number, host: string, timeoutMs: number): Promise<ProbeAnswer> {
  return new Promise((resolve) => {
    const socket = connect({ host: processAddress(host) ?? host, port, timeout: timeoutMs });
    const end = (answer: ProbeAnswer): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => end({ ok: true, message: "" }));
    socket.once("timeout", () => end({ ok: false, message: `dial tcp ${host}:${port}: i/o timeout` }));
    socket.once("error", (error) => end({ ok: false, message: dialText(error, host, port) }));
  });
}

function dialText(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === "ECONNREFUSED") return `dial tcp ${host}:${port}: connect: connection refused`;
  if (error.code === "ECONNRESET") return "EOF";
  return error.message;
}
