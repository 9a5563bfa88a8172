import { expect, test } from "vitest";
import { traceHeaders } from "./trace-headers.ts";

const event = { specversion: "1.0" as const, id: "1", source: "/shop", type: "order.created.v1" };
const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

test("a trace context goes into headers as far as it is one", () => {
  expect(traceHeaders({ ...event, traceparent, tracestate: "a=1" })).toEqual({
    traceparent,
    tracestate: "a=1",
  });
  expect(traceHeaders({ ...event, traceparent, tracestate: "a=\u20ac" })).toEqual({ traceparent });
  expect(traceHeaders({ ...event, traceparent: "\u20ac", tracestate: "a=1" })).toEqual({});
  expect(traceHeaders({ ...event, traceparent: 1 })).toEqual({});
  expect(traceHeaders(event)).toEqual({});
});
