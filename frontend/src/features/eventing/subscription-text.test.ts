import { expect, test } from "vitest";
import { newSubscription, readFields, withField } from "./subscription-text.ts";

const text = `apiVersion: eventing.kyma-project.io/v1alpha2
kind: Subscription
metadata:
  name: orders
  namespace: shop
spec:
  # the shop's own events
  sink: http://orders.shop.svc.cluster.local
  source: shop
  types: [order.created.v1]
  config:
    maxInFlightMessages: "10"
    timeout: 5s # the sink is slow
`;
const fieldsOf = (yaml: string) => {
  const reading = readFields(yaml);
  if ("fault" in reading) throw new Error(reading.fault);
  return reading.fields;
};

test("a form shows what the text says", () => {
  expect(fieldsOf(text)).toEqual({
    name: "orders",
    namespace: "shop",
    source: "shop",
    types: ["order.created.v1"],
    matching: "standard",
    sink: "http://orders.shop.svc.cluster.local",
    config: { maxInFlightMessages: "10", timeout: "5s" },
  });
});

test("a change of the form leaves everything else, comments too", () => {
  const changed = withField(text, ["spec", "config", "retryCount"], "3");
  expect(changed).toContain("# the shop's own events");
  expect(changed).toContain("# the sink is slow");
  expect(fieldsOf(changed).config).toEqual({ maxInFlightMessages: "10", timeout: "5s", retryCount: "3" });
  const less = withField(changed, ["spec", "config", "retryCount"], undefined);
  expect(fieldsOf(less)).toEqual(fieldsOf(text));
});

test("numbers stay text, as the schema wants them", () => {
  const changed = withField(text, ["spec", "config", "maxInFlightMessages"], "20");
  expect(changed).toContain('maxInFlightMessages: "20"');
  expect(withField(changed, ["spec", "config", "retryCount"], "5")).toContain('retryCount: "5"');
});

test("types can be added, also to a text that has none", () => {
  const types = ["order.created.v1", "order.paid.v1"];
  expect(fieldsOf(withField(text, ["spec", "types"], types)).types).toEqual(types);
  const bare = "apiVersion: v1\nkind: Subscription\nmetadata: {name: a}\n";
  expect(fieldsOf(withField(bare, ["spec", "types"], types)).types).toEqual(types);
});

test("a text that is no YAML, or no object, is told as such", () => {
  expect(readFields("a: [")).toMatchObject({
    fault: expect.stringMatching(/^The YAML cannot be read: /) as string,
  });
  expect(readFields("- a")).toEqual({ fault: "The YAML holds no object." });
});

test("an alias of nothing is told as such, also when the form took its anchor away", () => {
  const unread = { fault: expect.stringMatching(/^The YAML cannot be read: Unresolved alias/) as string };
  expect(readFields(text.replace("[order.created.v1]", "[*.created]"))).toMatchObject(unread);
  const twice = text.replace("5s # the sink is slow", "&wait 5s\n    retryBackoff: *wait");
  expect(fieldsOf(twice).config).toMatchObject({ timeout: "5s", retryBackoff: "5s" });
  expect(readFields(withField(twice, ["spec", "config", "timeout"], undefined))).toMatchObject(unread);
});

test("a new Subscription begins with what is known", () => {
  const start = { namespace: "shop", sink: "http://fn.shop.svc.cluster.local", type: "order: created" };
  expect(fieldsOf(newSubscription(start))).toMatchObject({
    name: "",
    namespace: "shop",
    sink: "http://fn.shop.svc.cluster.local",
    source: "",
    types: ["order: created"],
  });
});
