import { parseArgs } from "node:util";
import { defaultFunctionOptions, type FunctionOptions } from "../functions/options.ts";
import { profiles } from "../functions/profiles.ts";
import type { StreamLimits } from "@kyma/eventing/streams.ts";
import { readStreamLimits, streamOptions } from "../subscriptions/options.ts";

export interface Options {
  kubeconfig: string;
  context?: string;
  adminPort: number;
  leaderElect: boolean;
  leaseNamespace: string;
  logLevel: string;
  functions: FunctionOptions;
  /** Path. */
  natsAccess?: string;
  streams: StreamLimits;
}

export const usage = `Runs the Function, APIRule and Subscription controllers against one cluster.

  --kubeconfig FILE                  required; $KUBECONFIG and ~/.kube/config are never read
  --context NAME                     context of that file (its current one)
  --admin-port PORT                  /healthz, /readyz and /metrics on 127.0.0.1 (0: any free port)
  --no-leader-elect                  for a cluster where only one such process can run
  --lease-namespace NAMESPACE        where the leader's Lease lies (kyma-system)
  --log-level LEVEL                  debug, info, warn or error (info)
  --runtime-image-prefix PREFIX      images are PREFIX/function-runtime-<runtime>:<tag> (${defaultFunctionOptions.imagePrefix})
  --runtime-image-tag TAG            (${defaultFunctionOptions.imageTag})
  --default-profile NAME             for Functions without a profile: XS, S, M, L or XL (${defaultFunctionOptions.defaultProfile})
  --trace-collector-endpoint URL     OTLP/HTTP address handed to Functions (none)
  --publisher-proxy-address URL      where Functions publish events
  --nats-access FILE                 JSON with url, user and password of NATS (without it no Subscription is ready)
  --nats-stream-replicas N           servers that keep each event: 1, 3 or 5 (${streamOptions["nats-stream-replicas"].default})
  --nats-stream-max-size SIZE        of all accepted events (${streamOptions["nats-stream-max-size"].default})
  --nats-max-msgs-per-topic N        accepted events of one type (${streamOptions["nats-max-msgs-per-topic"].default})
  --dead-letters-max-size SIZE       of all events that could not be delivered (${streamOptions["dead-letters-max-size"].default})
  --dead-letters-max-days DAYS       how long they are kept (${streamOptions["dead-letters-max-days"].default})`;

/** What the command line says; throws an Error whose message is a sentence for the person at the terminal. */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    allowNegative: true,
    options: {
      kubeconfig: { type: "string" },
      context: { type: "string" },
      "admin-port": { type: "string", default: "0" },
      "leader-elect": { type: "boolean", default: true },
      "lease-namespace": { type: "string", default: "kyma-system" },
      "log-level": { type: "string", default: "info" },
      "runtime-image-prefix": { type: "string", default: defaultFunctionOptions.imagePrefix },
      "runtime-image-tag": { type: "string", default: defaultFunctionOptions.imageTag },
      "default-profile": { type: "string", default: defaultFunctionOptions.defaultProfile },
      "trace-collector-endpoint": { type: "string", default: defaultFunctionOptions.traceCollectorEndpoint },
      "nats-access": { type: "string" },
      ...streamOptions,
      "publisher-proxy-address": { type: "string", default: defaultFunctionOptions.publisherProxyAddress },
    },
  });
  if (values.kubeconfig === undefined) throw new Error("--kubeconfig FILE is missing");
  return {
    kubeconfig: values.kubeconfig,
    ...(values.context !== undefined && { context: values.context }),
    ...(values["nats-access"] !== undefined && { natsAccess: values["nats-access"] }),
    adminPort: readPort(values["admin-port"]),
    leaderElect: values["leader-elect"],
    leaseNamespace: values["lease-namespace"],
    streams: readStreamLimits(values),
    logLevel: oneOf("--log-level", values["log-level"], ["trace", "debug", "info", "warn", "error"]),
    functions: {
      imagePrefix: values["runtime-image-prefix"],
      imageTag: values["runtime-image-tag"],
      defaultProfile: oneOf("--default-profile", values["default-profile"], Object.keys(profiles)),
      traceCollectorEndpoint: values["trace-collector-endpoint"],
      publisherProxyAddress: values["publisher-proxy-address"],
    },
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`--admin-port "${text}" is not a port: give a number from 0 to 65535`);
}

function oneOf(option: string, value: string, allowed: string[]): string {
  if (allowed.includes(value)) return value;
  throw new Error(`${option} "${value}" is unknown: choose one of ${allowed.join(", ")}`);
}
