import { expect, test } from "vitest";
import { ageText, secondsOnly } from "./kube-time.ts";
import { type Form, listBody, objectBody, representationOf } from "./representation.ts";
import type { Resource, ServedObject } from "./resource.ts";

const kubectl =
  "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";
const metadataClient =
  "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

test.each([
  [undefined, "object"],
  ["*/*", "object"],
  ["application/json", "object"],
  [kubectl, "table"],
  [metadataClient, "metadata"],
  ["application/vnd.kubernetes.protobuf,application/json", "object"],
  ["application/vnd.kubernetes.protobuf", undefined],
  ["application/json;as=Unknown;g=meta.k8s.io;v=v1", undefined],
])("%s is answered as %s", (accept, representation) => {
  expect(representationOf(accept)).toBe(representation);
});

interface Thing extends ServedObject {
  size: number;
}
const thing: Thing = { kind: "Thing", apiVersion: "x/v1", metadata: { name: "a" }, size: 3 };
const resource: Resource<Thing> = {
  plural: "things",
  singular: "thing",
  kind: "Thing",
  namespaced: false,
  description: "",
  columns: [
    { name: "Name", type: "string", description: "n", cell: ({ metadata }) => metadata.name },
    { name: "Size", type: "integer", description: "s", priority: 1, cell: ({ size }) => size },
  ],
  write: () => `{"written":1.0}`,
};
const form = (representation: Form["representation"], includeObject: string | null = null): Form => ({
  resource,
  representation,
  includeObject,
  now: 0,
});

test("a list says where it goes on, and writes objects as its kind wants", () => {
  const page = { items: [thing], continueFrom: "next", remaining: 7, extra: { server: "up" } };
  expect(listBody(page, form("object"))).toBe(
    `{"kind":"ThingList","apiVersion":"delivery.eventing.kyma-project.io/v1alpha1","metadata":{"resourceVersion":"1","continue":"next","remainingItemCount":7},"server":"up","items":[{"written":1.0}]}`,
  );
});

test("a table has a row for each", () => {
  const table = JSON.parse(listBody({ items: [thing] }, form("table"))) as { rows: object[] };
  expect(table).toMatchObject({
    kind: "Table",
    columnDefinitions: [
      { name: "Name", format: "name" },
      { name: "Size", priority: 1 },
    ],
    rows: [{ cells: ["a", 3], object: { kind: "PartialObjectMetadata", metadata: { name: "a" } } }],
  });
  const rowsOf = (includeObject: string): object =>
    (JSON.parse(objectBody(thing, form("table", includeObject))) as { rows: object[] }).rows[0]!;
  expect(rowsOf("Object")).toEqual({ cells: ["a", 3], object: { written: 1 } });
  expect(rowsOf("None")).toEqual({ cells: ["a", 3], object: null });
});

test("metadata alone tells nothing else", () => {
  expect(JSON.parse(listBody({ items: [thing] }, form("metadata")))).toEqual({
    kind: "PartialObjectMetadataList",
    apiVersion: "meta.k8s.io/v1",
    metadata: { resourceVersion: "1" },
    items: [{ kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata: { name: "a" } }],
  });
});

test.each([
  ["1970-01-01T00:00:00Z", 119_000, "119s"],
  ["1970-01-01T00:00:00Z", 120_000, "2m"],
  ["1970-01-01T00:00:00Z", 3 * 3_600_000, "3h"],
  ["1970-01-01T00:00:00Z", 50 * 3_600_000, "2d"],
  ["1970-01-01T00:01:00Z", 0, "0s"],
  ["", 0, ""],
])("%s is at %d ms old: %j", (time, now, text) => {
  expect(ageText(time, now)).toBe(text);
});

test("times of metadata have whole seconds", () => {
  expect(secondsOnly("2026-11-27T19:00:00.123456789Z")).toBe("2026-11-27T19:00:00Z");
});
