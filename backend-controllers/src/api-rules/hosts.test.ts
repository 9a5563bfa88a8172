import type { IstioGateway } from "@kyma/crds/generated/istio-gateways.gen.ts";
import { expect, test } from "vitest";
import {
  type HostClaim,
  claimSpellings,
  fullHost,
  gatewayServes,
  shortHostDomain,
  winningRival,
} from "./hosts.ts";
import { sampleApiRule } from "./sample.ts";

function gateway(...servers: string[][]): IstioGateway {
  const port = { number: 80, name: "http", protocol: "HTTP" };
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "Gateway",
    metadata: { name: "kyma-gateway", namespace: "kyma-system" },
    spec: { servers: servers.map((hosts) => ({ hosts, port })) },
  };
}

test("a short host gets the one wildcard domain of its Gateway", () => {
  expect(fullHost("orders", gateway(["*.localhost"], ["kyma-system/*.localhost"]))).toBe("orders.localhost");
  expect(fullHost("orders.example.com", undefined)).toBe("orders.example.com");
  expect(fullHost("*.example.com", undefined)).toBe("*.example.com");
});

test.each([
  [[]],
  [[["*"]]],
  [[["a.example"]]],
  [[["*.a.example", "*.b.example"]]],
  [[["*.a.example"], ["*.b.example"]]],
])("a Gateway with servers %j has no domain for short hosts", (servers) => {
  expect(shortHostDomain(gateway(...servers))).toBeUndefined();
});

test.each([
  ["*.localhost", "orders.localhost", true],
  ["*.localhost", "*.orders.localhost", true],
  ["*.localhost", "localhost", false],
  ["*.localhost", "orders.example", false],
  ["*", "orders.example", true],
  ["orders.example", "*.example", false],
  ["shop/*.localhost", "orders.localhost", true],
  ["other/*.localhost", "orders.localhost", false],
  ["./*.localhost", "orders.localhost", false],
  ["*/orders.localhost", "orders.localhost", true],
])("a Gateway with %s serves %s for namespace shop: %s", (served, host, expected) => {
  expect(gatewayServes(gateway([served]), host, "shop")).toBe(expected);
});

test("a host can be claimed by its full name, in short and by wildcards", () => {
  expect(claimSpellings("a.b.example")).toEqual(["a.b.example", "a", "*.b.example", "*.example"]);
});

function claim(
  name: string,
  host: string,
  more: { namespace?: string; created?: string; holds?: boolean } = {},
): HostClaim {
  const { namespace = "shop", created = "2026-01-01T00:00:00Z", holds = false } = more;
  return { apiRule: sampleApiRule({}, { name, namespace, creationTimestamp: created }), host, holds };
}
const later = "2026-01-02T00:00:00Z";

test.each<[string, HostClaim, HostClaim, boolean]>([
  ["the older wins", claim("b", "x.y"), claim("a", "x.y", { created: later }), true],
  ["at the same time the lesser name wins", claim("a", "x.y"), claim("b", "x.y"), true],
  ["who holds it keeps it", claim("b", "x.y", { created: later, holds: true }), claim("a", "x.y"), true],
  [
    "of two holders the older wins",
    claim("b", "x.y", { holds: true }),
    claim("a", "x.y", { created: later, holds: true }),
    true,
  ],
  ["other hosts do not matter", claim("a", "x.y"), claim("b", "z.y"), false],
  ["a wildcard and a host of one namespace live together", claim("a", "*.y"), claim("b", "x.y"), false],
  [
    "a host below another namespace's wildcard",
    claim("a", "*.y"),
    claim("b", "x.y", { namespace: "thief" }),
    true,
  ],
  [
    "a wildcard above another namespace's host",
    claim("a", "x.y"),
    claim("b", "*.y", { namespace: "thief" }),
    true,
  ],
])("%s", (_, winner, loser, collide) => {
  expect(winningRival(loser, [winner])).toBe(collide ? winner : undefined);
  expect(winningRival(winner, [loser])).toBeUndefined();
});
