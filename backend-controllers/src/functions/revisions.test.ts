import type { FunctionSpec } from "@kyma/crds/generated/functions.gen.ts";
import { expect, test } from "vitest";
import type { ControllerRevision } from "./kinds.ts";
import { planRevisions } from "./revisions.ts";
import { storedFunction } from "./sample.ts";

const withSource = (source: string, spec: Partial<FunctionSpec> = {}) =>
  storedFunction({ source: { inline: { source } }, ...spec });

function existing(name: string, revision: number): ControllerRevision {
  return {
    apiVersion: "apps/v1",
    kind: "ControllerRevision",
    metadata: { name, namespace: "shop" },
    revision,
  };
}

/** The revision that a Function without any would get. */
function stored(source: string, revision: number): ControllerRevision {
  const { create } = planRevisions(withSource(source), []);
  return { ...(create as ControllerRevision), revision };
}

test("the first spec becomes revision 1 and holds the spec", () => {
  const { create, bump, remove } = planRevisions(withSource("a"), []);
  expect(create).toMatchObject({
    revision: 1,
    data: { runtime: "nodejs24", source: { inline: { source: "a" } } },
  });
  expect([bump, remove]).toEqual([undefined, []]);
});

test("another spec becomes the next one, the same spec nothing", () => {
  expect(planRevisions(withSource("b"), [stored("a", 4)]).create).toMatchObject({ revision: 5 });
  expect(planRevisions(withSource("b"), [stored("a", 4), stored("b", 5)])).toEqual({ remove: [] });
});

test("going back bumps the old one's number", () => {
  const a = stored("a", 1);
  const plan = planRevisions(withSource("a"), [a, stored("b", 2)]);
  expect(plan).toEqual({ bump: { name: a.metadata.name, revision: 3 }, remove: [] });
});

test("scaling is no new revision", () => {
  expect(planRevisions(withSource("a", { replicas: 7 }), [stored("a", 1)])).toEqual({ remove: [] });
});

test("the oldest go beyond ten, the current one never", () => {
  const many = Array.from({ length: 12 }, (_, index) => existing(`hello-${index}`, index + 1));
  expect(planRevisions(withSource("new"), many).remove).toEqual(["hello-0", "hello-1", "hello-2"]);
  const back = planRevisions(withSource("a"), [stored("a", 0), ...many]);
  expect(back.bump?.revision).toBe(13);
  expect(back.remove).toEqual(["hello-0", "hello-1", "hello-2"]);
});
