import { expect, test } from "vitest";
import { eventFilter, isRenamed, matchesPattern, RateLimit } from "./event-tail.ts";
import { isEventSubject, namesOf, ObservedTypes, RateWindow } from "./observed-types.ts";

test.each([
  ["kyma.shop.order.created.v1", { type: "order.created.v1" }, true],
  ["kyma.shop.order.created.v1", { type: "order.cre ated.v1" }, true],
  ["kyma.shop.order.created.v1", { type: "order.*" }, true],
  ["kyma.shop.order.created.v1", { type: "*" }, true],
  ["kyma.shop.order.created.v1", { type: "*.created.v1" }, true],
  ["kyma.shop.order.created.v1", { type: "order.*.v1" }, true],
  ["kyma.shop.order.created.v1", { type: "*.paid.v1" }, false],
  ["kyma.shop.order.created.v1", { type: "created.v1" }, false],
  ["kyma.shop.order.created.v1", { type: "order.created.v1", source: "/sh.op" }, true],
  ["kyma.shop.order.created.v1", { type: "order.created.v1", source: "other" }, false],
  ["kyma.shop.order.created.v1", { source: "other" }, false],
  ["kyma.shop.order.created.v1", { source: "/sho*" }, true],
  ["kyma.shop.order.created.v1", { source: "*hop" }, true],
  ["kyma.shop.order.created.v1", { source: "sho" }, false],
  ["kyma.sap.kyma.custom.shop.order.created.v1", { type: "sap.kyma.custom.shop.order.created.v1" }, true],
  ["kyma.sap.kyma.custom.shop.orderItem.created.v1", { type: "sap.kyma.custom.sh-op.order.It*" }, true],
  ["kyma.sap.kyma.custom.shop.order.created.v1", { type: "sap.*", source: "anybody" }, true],
  ["kyma.sap.kyma.custom.shop.order.created.v1", { type: "*.paid.v1" }, false],
  ["kyma.shop.order.created.v1", {}, true],
])("%s may be looked for by %j: %j", (subject, options, may) => {
  expect(eventFilter(options).mayHave(subject)).toBe(may);
});

test("a source that stands under another name in subjects is looked for in the events", () => {
  const mayHave = (subject: string, renamed: boolean) =>
    eventFilter({ source: "shop" }).mayHave(subject, renamed);
  expect(mayHave("kyma.store.order.created.v1", false)).toBe(false);
  expect(mayHave("kyma.store.order.created.v1", true)).toBe(true);
  expect(isRenamed("kyma.store.order.created.v1", "shop")).toBe(true);
  expect(isRenamed("kyma.comshop.order.created.v1", "/com.shop")).toBe(false);
  expect(isRenamed("kyma.sap.kyma.custom.shop.order.created.v1", "shop")).toBe(false);
});

test("an event is wanted by what its publisher wrote, or by what became of it", () => {
  const event = { type: "Order.cre*ated", source: "/com.shop" };
  const isWanted = (options: object): boolean => eventFilter(options).isWanted(event);
  expect(isWanted({ type: "Order.cre*ated", source: "/com.shop" })).toBe(true);
  expect(isWanted({ type: "Order.created", source: "comshop" })).toBe(true);
  expect(isWanted({ type: "*.created", source: "/com.*" })).toBe(true);
  expect(isWanted({ type: "order.created" })).toBe(false);
  expect(isWanted({ source: "shop" })).toBe(false);
  expect(isWanted({ source: "*.bank" })).toBe(false);
  const legacy = { type: "sap.kyma.custom.my-shop.order.created.v1", source: "kyma" };
  expect(eventFilter({ type: "sap.kyma.custom.myshop.*" }).isWanted(legacy)).toBe(true);
});

test.each([
  ["a.b.c", "a.b.c", true],
  ["a.b.c", "a*", true],
  ["a.b.c", "*c", true],
  ["a.b.c", "a*b*c", true],
  ["a.b.c", "**", true],
  ["a.b.c", "*b*", true],
  ["a.b.c", "a*c*b", false],
  ["ab", "ab*ab", false],
  ["abab", "ab*ab", true],
  ["aba", "*ba*a", false],
  ["", "*", true],
])("%j is of the pattern %j: %j", (text, pattern, is) => {
  expect(matchesPattern(text, pattern)).toBe(is);
});

test("at most so many a second pass, and what is not used does not heap up", () => {
  const limit = new RateLimit(100, 0);
  const passed = (now: number, tries: number): number =>
    Array.from({ length: tries }).filter(() => limit.take(now)).length;
  expect(passed(0, 1000)).toBe(100);
  expect(passed(500, 1000)).toBe(50);
  expect(passed(60_000, 1000)).toBe(100);
});

test("types are counted, described once a second, and the ones seen longest ago forgotten", () => {
  const types = new ObservedTypes();
  let described = 0;
  const see = (subject: string, now: number): void =>
    types.count(subject, now, () => {
      described++;
      return { type: `t${now}`, source: "s" };
    });
  for (let now = 0; now < 3000; now += 10) see("kyma.s.a", now);
  expect(described).toBe(3);
  expect(types.get("kyma.s.a")).toMatchObject({ count: 300, type: "t2000", lastAt: 2990 });
  for (let index = 0; index < 1500; index++) see(`kyma.s.b${index}`, 10_000 + index);
  expect(types.list()).toHaveLength(1000);
  expect(types.get("kyma.s.a")).toBeUndefined();
  expect(types.get("kyma.s.b1499")).toMatchObject({ count: 1, isRenamed: false });
  types.count("kyma.s.c", 20_000, () => ({ type: "c", source: "another" }));
  types.count("kyma.s.c", 30_000, () => ({ type: "c", source: "s" }));
  expect(types.get("kyma.s.c")).toMatchObject({ source: "s", isRenamed: true });
});

test("a subject alone tells source and type; others are not looked at", () => {
  expect(namesOf("kyma.shop.order.created.v1")).toEqual({ source: "shop", type: "order.created.v1" });
  expect(isEventSubject("kyma.shop.a")).toBe(true);
  for (const subject of ["deadletter.a.b", "kyma.", "kyma..a", "kymax.a"])
    expect(isEventSubject(subject)).toBe(false);
});

test("a rate is that of the last minute", () => {
  const rate = new RateWindow();
  expect(rate.perSecond(0)).toBe(0);
  for (let now = 1_000_000; now < 1_060_000; now += 100) rate.add(now);
  expect(rate.perSecond(1_060_000)).toBeGreaterThan(9);
  expect(rate.perSecond(1_060_000)).toBeLessThanOrEqual(10);
  expect(rate.perSecond(1_200_000)).toBe(0);
  rate.add(1_200_000);
  expect(rate.perSecond(1_200_000)).toBeGreaterThan(0);
});
