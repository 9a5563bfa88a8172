import type { CloudEvent } from "./cloud-event.ts";

/** What the headers `traceparent` and `tracestate` may hold. Source: W3C Trace Context, level 1. */
export const traceparentPattern = /^[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
export const tracestatePattern = /^[ -~]{1,512}$/;

/** The trace context that an event carries, as headers; without what is not as it must be, for no request could hold that. Pure. */
export function traceHeaders({ traceparent, tracestate }: CloudEvent): Record<string, string> {
  if (typeof traceparent !== "string" || !traceparentPattern.test(traceparent)) return {};
  const hasState = typeof tracestate === "string" && tracestatePattern.test(tracestate);
  return { traceparent, ...(hasState && { tracestate }) };
}
