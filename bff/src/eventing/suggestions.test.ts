import { expect, test } from "vitest";
import { merge } from "./suggestions.ts";

test("what was seen stands before what is only subscribed to, each once", () => {
  const seen = [{ type: "order.created.v1", source: "shop" }];
  const subscribed = [
    { source: "shop", types: ["order.created.v1", "order.paid.v1"] },
    { source: "", types: ["sap.kyma.custom.shop.order.created.v1", ""] },
  ];
  expect(merge(seen, subscribed, ["commerce", "shop"])).toEqual({
    sources: ["shop", "commerce"],
    types: [
      { type: "order.created.v1", source: "shop", seen: true },
      { type: "order.paid.v1", source: "shop", seen: false },
      { type: "sap.kyma.custom.shop.order.created.v1", source: "", seen: false },
    ],
  });
});
