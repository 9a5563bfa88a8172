import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import type { CloudEvent } from "@kyma/eventing/cloud-event.ts";
import { readSubscription } from "@kyma/eventing/subscription-spec.ts";
import type { SinkClient } from "./sink-client.ts";
import { serviceProblem, type KnownSinks } from "./subscriptions.ts";

/** What a sink said to one event. */
export interface SendAnswer {
  /** 2xx. */
  delivered: boolean;
  /** HTTP status; 0 for none. */
  status: number;
  /** The first KiB of the answer, or a sentence why there is none. */
  answer: string;
}

/** One attempt at the Subscription's present sink, by the rules and the timeout of its deliveries. Never rejects. */
export async function sendToSink(
  parts: { sinks: SinkClient; known: KnownSinks },
  { metadata, spec }: Subscription,
  event: CloudEvent,
  signal: AbortSignal,
): Promise<SendAnswer> {
  const key = { namespace: metadata.namespace ?? "", name: metadata.name };
  const read = readSubscription(key, spec, parts.known.allowedHosts);
  const problem =
    "problems" in read
      ? read.problems.map(({ message }) => message).join("; ")
      : serviceProblem(read.sink, parts.known);
  if ("problems" in read || problem !== undefined)
    return { delivered: false, status: 0, answer: problem ?? "" };
  const { timeoutMs } = read.config;
  const { status, text } = await parts.sinks.send(read.sink, event, { timeoutMs, signal });
  return { delivered: status >= 200 && status < 300, status, answer: text };
}
