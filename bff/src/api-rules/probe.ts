import type { ApiRule } from "@kyma/crds/generated/api-rules.gen.ts";
import { apiRules } from "@kyma/crds/resource-types.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import * as http from "node:http";
import { badInput } from "../graphql/errors.ts";
import { checkPath } from "../resources/service-proxy.ts";
import { fullHost, listGateways } from "./gateways.ts";
import { mintTestToken } from "./test-issuer.ts";

export interface ProbeRequest {
  namespace: string;
  name: string;
  method: string;
  path: string;
  withToken: boolean;
  scopes: string[];
  audiences: string[];
}

export interface ProbeAnswer {
  url: string;
  status: number;
  durationMs: number;
  body: string;
  error: string | null;
}

export interface GatewayAccess {
  /** host:port that is dialled; nothing else ever is. */
  address: string | undefined;
  urlTemplate: string | undefined;
}

const timeoutMs = 10_000;
const mostBytes = 16 * 1024;
const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Sends one real request to the gateway under the APIRule's host, as a client outside the cluster would. */
export async function probeApiRule(
  kube: KubeClient,
  request: ProbeRequest,
  gateway: GatewayAccess,
  signal: AbortSignal,
): Promise<ProbeAnswer> {
  const method = request.method.toUpperCase();
  if (!methods.has(method)) throw badInput(`method "${method.slice(0, 20)}" cannot be sent`);
  checkPath(request.path);
  const { namespace, name } = request;
  const { spec } = await kube.get<ApiRule>(apiRules, { namespace, name }, { signal });
  const gateways = await listGateways(kube, gateway.urlTemplate);
  const info = gateways.find(({ ref }) => ref === spec.gateway);
  // Any name stands for a wildcard.
  const host = fullHost(spec.hosts[0] ?? "", info)?.replace(/^\*\./, "probe.");
  if (!host)
    throw badInput(
      `the host of APIRule "${name}" cannot be told: Gateway ${spec.gateway ?? ""} has no domain`,
    );
  const url = (info?.urlTemplate ?? "http://{host}").replace("{host}", host) + request.path;
  if (!gateway.address)
    return noAnswer(
      url,
      0,
      "this console was started without --gateway-address, so it cannot reach the gateway",
    );
  const token = request.withToken
    ? (await mintTestToken(kube, { scopes: request.scopes, audiences: request.audiences }, signal)).token
    : undefined;
  return dial(gateway.address, { url, host, method, path: request.path, token, signal });
}

interface Dial {
  url: string;
  host: string;
  method: string;
  path: string;
  token: string | undefined;
  signal: AbortSignal;
}

async function dial(address: string, { url, host, method, path, token, signal }: Dial): Promise<ProbeAnswer> {
  const started = performance.now();
  const elapsed = (): number => performance.now() - started;
  const colon = address.lastIndexOf(":");
  const options = {
    host: address.slice(0, colon).replace(/^\[|\]$/g, ""),
    port: Number(address.slice(colon + 1)),
    headers: {
      host: new URL(url).host,
      "user-agent": "kyma-console-probe",
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    agent: false as const,
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  };
  try {
    const answer = await send({ ...options, method, path });
    return {
      url,
      status: answer.statusCode ?? 0,
      body: await readText(answer),
      durationMs: elapsed(),
      error: null,
    };
  } catch (error) {
    return noAnswer(url, elapsed(), whyNot(error, host));
  }
}

function send(options: http.RequestOptions): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    http.request(options, resolve).on("error", reject).end();
  });
}

async function readText(answer: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > mostBytes) break;
  }
  answer.destroy();
  return Buffer.concat(chunks).subarray(0, mostBytes).toString("utf8");
}

function whyNot(error: unknown, host: string): string {
  const { name, code, message } = error as NodeJS.ErrnoException;
  if (name === "AbortError" || name === "TimeoutError")
    return `no answer for ${host} within ${timeoutMs / 1000} s`;
  if (code === "ECONNREFUSED") return "the gateway does not accept connections; is it running?";
  return `the connection to the gateway failed: ${message}`;
}

function noAnswer(url: string, durationMs: number, error: string): ProbeAnswer {
  return { url, status: 0, durationMs, body: "", error };
}
