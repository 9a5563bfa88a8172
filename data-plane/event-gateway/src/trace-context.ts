import type { CloudEvent, HttpContent } from "@kyma/eventing/cloud-event.ts";
import { traceparentPattern, tracestatePattern } from "@kyma/eventing/trace-headers.ts";

const b3Value = /^[0-9a-zA-Z]{1,64}$/;
const b3Headers = ["traceid", "spanid", "parentspanid", "sampled", "flags"].map(
  (name) => [`x-b3-${name}`, `b3${name}`] as const,
);

/**
 * Keeps the trace context of the request (W3C and B3) in extension attributes, as it would end with the request. What the event itself says
 * counts more, and a header that is not as its specification has it counts nothing. Changes the event.
 */
export function addTraceContext(event: CloudEvent, headers: HttpContent["headers"]): void {
  const parent = headers["traceparent"];
  if (typeof parent === "string" && event["traceparent"] === undefined && traceparentPattern.test(parent)) {
    event["traceparent"] = parent;
    const state = headers["tracestate"];
    if (typeof state === "string" && tracestatePattern.test(state)) event["tracestate"] = state;
  }
  for (const [header, attribute] of b3Headers) {
    const value = headers[header];
    if (typeof value === "string" && event[attribute] === undefined && b3Value.test(value))
      event[attribute] = value;
  }
}

/** How many attributes `addTraceContext` may add. */
export const traceAttributes = 2 + b3Headers.length;
