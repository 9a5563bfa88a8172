import type { KubeObject } from "@kyma/kube/objects.ts";
import { expect, test } from "vitest";
import { changedFields } from "./changed-fields.ts";

const deployment = (more: object, metadata: object = {}) =>
  ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", ...metadata },
    ...more,
  }) as KubeObject;

test("fields that differ are named with both values, new and removed ones with one", () => {
  const before = deployment(
    { spec: { replicas: 3, paused: true, containers: [{ image: "web:1", args: ["a"] }] } },
    { annotations: { "a.b/c": "1" } },
  );
  const after = deployment(
    {
      spec: {
        replicas: 5,
        containers: [{ image: "web:2", args: ["a", "b"] }],
        template: { labels: { x: "y" } },
      },
    },
    { annotations: { "a.b/c": "2" } },
  );
  expect(changedFields(before, after)).toEqual([
    { field: "spec.replicas", before: "3", after: "5" },
    { field: "spec.paused", before: "true", after: null },
    { field: "spec.containers[0].image", before: "web:1", after: "web:2" },
    { field: "spec.containers[0].args", before: '["a"]', after: '["a","b"]' },
    { field: "spec.template.labels.x", before: null, after: "y" },
    { field: 'metadata.annotations["a.b/c"]', before: "1", after: "2" },
  ]);
});

test("what the API server and controllers write by themselves is no change", () => {
  const before = deployment(
    { status: { replicas: 1 } },
    { resourceVersion: "1", generation: 1, managedFields: [] },
  );
  const after = deployment(
    { status: { replicas: 2 } },
    { resourceVersion: "2", generation: 2, managedFields: [{}] },
  );
  expect(changedFields(before, after)).toEqual([]);
});

test("Secret values stay masked, long values are cut, many fields are bounded", () => {
  const secret = (value: string, labels: object = {}) =>
    ({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "s", labels },
      data: { key: value },
    }) as KubeObject;
  expect(JSON.stringify(changedFields(secret("aGlk"), secret("ZGVu", { a: "b" })))).toBe(
    '[{"field":"metadata.labels.a","before":null,"after":"b"}]',
  );
  const [long] = changedFields(deployment({}), deployment({ spec: "x".repeat(999) }));
  expect(long?.after).toHaveLength(201);
  const many = Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`f${index}`, 1]));
  expect(changedFields(deployment({}), deployment({ spec: many }))).toHaveLength(20);
});
