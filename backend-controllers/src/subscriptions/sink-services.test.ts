import { readSubscription, type WantedDelivery } from "@kyma/eventing/subscription-spec.ts";
import type { ObjectKey } from "@kyma/kube/objects.ts";
import { expect, test } from "vitest";
import type { Service } from "./kinds.ts";
import { sampleSubscription } from "./sample.ts";
import { namedServices, sinkProblem, sinkWarnings } from "./sink-services.ts";

function wantedOf(sink: string, deadLetterSink?: string): WantedDelivery {
  const config = deadLetterSink === undefined ? {} : { deadLetterSink };
  const { spec } = sampleSubscription("orders", "shop", { sink, config });
  const reading = readSubscription({ namespace: "shop", name: "orders" }, spec, ["*.example.com"]);
  if ("problems" in reading) throw new Error(JSON.stringify(reading.problems));
  return reading;
}
const host = (name: string, rest = ""): string => `http://${name}.shop.svc.cluster.local${rest}`;
const known = new Map<string, Service["spec"]>([
  ["sink", { ports: [{ port: 80 }, { port: 9000 }] }],
  ["bare", {}],
  ["elsewhere", { type: "ExternalName" }],
]);
function find({ namespace = "", name }: ObjectKey): Service | undefined {
  const spec = namespace === "shop" ? known.get(name) : undefined;
  return spec && { apiVersion: "v1", kind: "Service", metadata: { namespace, name }, spec };
}

test("a Service that is there is no problem, nor is a host that is allowed", () => {
  for (const sink of [host("sink"), host("sink", ":9000/x"), host("bare", ":1"), "https://in.example.com"])
    expect([sinkProblem(wantedOf(sink), find), sinkWarnings(wantedOf(sink), find)]).toEqual([undefined, []]);
});

test("one that is missing or stands for another host is", () => {
  expect(sinkProblem(wantedOf(host("gone")), find)).toBe(
    "sink names the Service shop/gone, which does not exist",
  );
  expect(sinkProblem(wantedOf(host("elsewhere")), find)).toMatch(/is an ExternalName; name one with pods/);
});

test("a port that the Service does not have is worth a warning, as is a dead-letter sink that is not there", () => {
  expect(sinkWarnings(wantedOf(host("sink", ":8080"), host("gone")), find)).toEqual([
    "sink has the port 8080, but the Service shop/sink has 80, 9000, so deliveries fail",
    "config.deadLetterSink names the Service shop/gone, which does not exist; what cannot be delivered is kept in the stream of dead letters",
  ]);
  expect(sinkWarnings(wantedOf(host("sink"), host("sink", ":1")), find)).toEqual([
    expect.stringMatching(/^config.deadLetterSink has the port 1, but/),
  ]);
});

test("the Services that a spec names are found also where it may not name them, in specs of any shape", () => {
  const sink = "http://audit.ops.svc.cluster.local";
  expect(namedServices({ sink, config: { deadLetterSink: host("parked") } })).toEqual([
    "ops/audit",
    "shop/parked",
  ]);
  for (const spec of [undefined, null, 7, "x", [], { sink: 7, config: null }, { sink: "x", config: [] }])
    expect(namedServices(spec)).toEqual([]);
});
