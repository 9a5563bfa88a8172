import { expect, test } from "vitest";
import { objectState } from "./object-state.ts";

function subscription(status?: object) {
  return {
    apiVersion: "eventing.kyma-project.io/v1alpha2",
    kind: "Subscription",
    metadata: { name: "orders", namespace: "shop" },
    ...(status ? { status } : {}),
  };
}

test("a Subscription is ready, waits for its controller, or says what is wrong", () => {
  expect(objectState(subscription({ ready: true }))).toEqual({ word: "Ready", health: "OK", sentence: null });
  expect(objectState(subscription())).toMatchObject({ word: "Waiting", health: "PROGRESS" });
  const conditions = [
    { type: "Subscription spec valid", status: "True" },
    { type: "Subscription active", status: "False", reason: "inactive", message: "no Service orders" },
  ];
  expect(objectState(subscription({ ready: false, conditions }))).toEqual({
    word: "Not ready",
    health: "ERROR",
    sentence: "no Service orders",
  });
});
