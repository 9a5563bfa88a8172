import { expect, test } from "vitest";
import { selectorText } from "../resources/label-selector.ts";
import { ownPods, selectionOf } from "./log-source.ts";

const meta = { name: "shop", namespace: "a", uid: "u" };

test("a selector with expressions becomes text", () => {
  const selector = {
    matchLabels: { app: "shop" },
    matchExpressions: [
      { key: "tier", operator: "In", values: ["web", "api"] },
      { key: "old", operator: "DoesNotExist" },
      { key: "zone", operator: "Exists" },
    ],
  };
  expect(selectorText(selector)).toBe("app=shop,tier in (web,api),!old,zone");
});

test("a Service without a selector says so", () => {
  const service = { apiVersion: "v1", kind: "Service", metadata: meta, spec: {} };
  expect(() => selectionOf(meta, service)).toThrow('Service "shop" selects no pods');
});

test("of the pods that labels match only those of the workload are its own", () => {
  const pod = (name: string, kind: string, owner: string): never =>
    ({ metadata: { name, ownerReferences: [{ kind, name: owner, uid: owner, controller: true }] } }) as never;
  const pods = [pod("x", "StatefulSet", "shop"), pod("y", "StatefulSet", "other"), pod("z", "Job", "shop-1")];
  const names = (selection: object): string[] =>
    ownPods({ namespace: "a", ...selection }, { pods, jobs: [job] }).map(({ metadata }) => metadata.name);
  const job = {
    metadata: {
      name: "shop-1",
      uid: "shop-1",
      ownerReferences: [{ uid: "u", kind: "CronJob", name: "shop" }],
    },
  } as never;
  expect(names({ owner: { kind: "StatefulSet", name: "shop" } })).toEqual(["x"]);
  expect(names({ cronJob: "u" })).toEqual(["z"]);
  expect(names({})).toEqual(["x", "y", "z"]);
});
