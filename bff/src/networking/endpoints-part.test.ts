import { expect, test } from "vitest";
import { endpointsOf } from "./endpoints-part.ts";

const slice = (endpoints: object[]) => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: "one" },
  ports: [{ name: "", port: 8080, protocol: "TCP" }],
  endpoints,
});

test("an endpoint in two slices counts once, and absent readiness is ready", () => {
  const ready = { addresses: ["10.0.0.2"], targetRef: { kind: "Pod", name: "a" }, nodeName: "n" };
  const waiting = { addresses: ["10.0.0.1"], conditions: { ready: false } };
  expect(endpointsOf([slice([waiting, ready]), slice([ready])])).toEqual({
    total: 2,
    ready: 1,
    ports: [{ name: null, port: 8080, protocol: "TCP" }],
    endpoints: [
      { address: "10.0.0.2", ready: true, terminating: false, pod: "a", node: "n" },
      { address: "10.0.0.1", ready: false, terminating: false, pod: null, node: null },
    ],
  });
});

test("a Service without pods has a slice with null endpoints", () => {
  const empty = { apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice", metadata: { name: "none" } };
  expect(endpointsOf([{ ...empty, endpoints: null, ports: null }])).toEqual({
    total: 0,
    ready: 0,
    ports: [],
    endpoints: [],
  });
});
