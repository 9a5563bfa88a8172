import { expect, test } from "vitest";
import { merge } from "./suggestions.ts";

const nothing = { source: "", type: "" };
const seen = (type: string, source = "shop", rate = 0, count = 1) => ({ type, source, rate, count });

test("what was seen and what is only subscribed to, each once", () => {
  const subscribed = [
    { source: "shop", types: ["order.created.v1", "order.paid.v1"] },
    { source: "", types: ["sap.kyma.custom.shop.order.created.v1", ""] },
  ];
  expect(merge([seen("order.created.v1")], subscribed, ["commerce", "shop"], nothing)).toEqual({
    sources: ["shop", "commerce"],
    types: [
      { type: "order.created.v1", source: "shop", seen: true },
      { type: "order.paid.v1", source: "shop", seen: false },
      { type: "sap.kyma.custom.shop.order.created.v1", source: "", seen: false },
    ],
    complete: true,
  });
});

const many = Array.from({ length: 300 }, (_, at) => seen(`seen${at}.v1`, "shop", 0, at));

test("of more than fit, the busiest that were seen and the subscribed ones both have their share", () => {
  const subscribed = many.map((_, at) => ({ source: "shop", types: [`wanted${at}.v1`] }));
  const { types, complete } = merge([...many, seen("busy.v1", "shop", 2.5)], subscribed, [], nothing);
  expect(complete).toBe(false);
  expect(types).toHaveLength(200);
  expect(types.slice(0, 4).map(({ type }) => type)).toEqual([
    "busy.v1",
    "wanted0.v1",
    "seen299.v1",
    "wanted1.v1",
  ]);
  expect(types.filter((one) => one.seen)).toHaveLength(100);
});

test("each can be found by its source and by what is typed, those that begin with it first", () => {
  const all = [...many, seen("reseen299.v1"), seen("seen7.v1", "bank")];
  const typesFor = (source: string, type: string) =>
    merge(all, [], [], { source, type }).types.map((one) => `${one.type} from ${one.source}`);
  expect(typesFor("bank", "")).toEqual(["seen7.v1 from bank"]);
  expect(typesFor("shop", " Seen299")).toEqual(["seen299.v1 from shop", "reseen299.v1 from shop"]);
  const applications = Array.from({ length: 300 }, (_, at) => `app${at}`);
  const found = merge([], [], applications, { source: "app299", type: "" });
  expect(found).toEqual({ sources: ["app299"], types: [], complete: true });
});
