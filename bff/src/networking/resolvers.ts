import { ApiError, ForbiddenError } from "@kyma/kube/errors.ts";
import type { GraphqlContext } from "../graphql/context.ts";
import { badInput } from "../graphql/errors.ts";
import type { Area } from "../graphql/schema.ts";
import { callService } from "../resources/service-proxy.ts";

interface ProbeInput {
  namespace: string;
  service: string;
  port: number;
  path: string;
}

/** As ServiceProbe in the SDL. */
interface ServiceProbe {
  status: number | null;
  statusText: string;
  milliseconds: number;
  body: string | null;
  problem: string | null;
}

const longestMs = 10_000;
const mostText = 2000;

/** What Services need beyond being objects. */
export function networkingArea(): Area {
  return {
    sdl: new URL("./schema.graphql", import.meta.url),
    mutation: { probeService: (_, input: ProbeInput, context) => probeService(input, context) },
  };
}

async function probeService(input: ProbeInput, { caller, signal }: GraphqlContext): Promise<ServiceProbe> {
  const { namespace, service, port, path } = input;
  if (port < 1 || port > 65_535) throw badInput(`${port} is no port`);
  const started = performance.now();
  const since = (): number => Math.round(performance.now() - started);
  try {
    const request = {
      method: "GET",
      path,
      headers: [{ name: "accept", value: "*/*" }],
      signal,
      timeoutMs: longestMs,
    };
    const answer = await callService(caller.kube, { namespace, service, port }, request);
    const type = answer.headers["content-type"] ?? "";
    const isText = /^text\/|json|xml|^$/.test(type);
    const body = isText ? answer.body.toString("utf8").slice(0, mostText) : null;
    return {
      status: answer.status,
      statusText: answer.statusText,
      milliseconds: since(),
      body,
      problem: null,
    };
  } catch (error) {
    if (error instanceof ForbiddenError || !(error instanceof ApiError)) throw error;
    return { status: null, statusText: "", milliseconds: since(), body: null, problem: error.message };
  }
}
