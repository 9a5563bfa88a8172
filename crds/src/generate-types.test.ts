import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { generateTypes, generatedDirectory, typeSources } from "./generate-types.ts";
import { readManifest, readManifests } from "./manifests.ts";
import * as resourceTypes from "./resource-types.ts";
import { TypeWriter } from "./type-writer.ts";

test.each(typeSources)("the types of $manifest are those that its manifest gives", (source) => {
  const committed = readFileSync(new URL(`${source.manifest}.gen.ts`, generatedDirectory), "utf8");
  expect(committed, 'run "npm run generate" and commit the outcome').toBe(generateTypes(source));
});

test("every manifest has types, and each resource type names a served version of one", () => {
  const crds = readManifests();
  expect(crds).toHaveLength(typeSources.length);
  for (const type of Object.values(resourceTypes)) {
    const crd = crds.find(({ spec }) => spec.group === type.group && spec.names.plural === type.plural);
    expect(crd?.spec.names.kind).toBe(type.kind);
    expect(crd?.spec.versions.find(({ name }) => name === type.version)).toMatchObject({ storage: true });
  }
});

test("v2 and v2alpha1 of APIRule have the same schema, and v1beta1 is not served", () => {
  const [v2, v2alpha1, v1beta1] = readManifest("api-rules.yaml").spec.versions;
  expect(v2alpha1).toEqual({ ...v2, name: "v2alpha1", storage: false });
  expect(v1beta1).toMatchObject({ name: "v1beta1", served: false });
});

test("manifests hold no shared objects, so that editing one place leaves the others alone", () => {
  const crd = readManifest("istio-gateways.yaml");
  expect(crd.spec.versions[0]?.schema).not.toBe(crd.spec.versions[1]?.schema);
});

test("types: enums, arrays of unions, maps, int-or-string, unknown fields", () => {
  const writer = new TypeWriter("Thing");
  const type = writer.typeOf(
    {
      type: "object",
      required: ["kinds"],
      "x-kubernetes-preserve-unknown-fields": true,
      properties: {
        kinds: { type: "array", items: { type: "string", enum: ["a", "b"] }, description: "Which ones." },
        limits: { type: "object", additionalProperties: { "x-kubernetes-int-or-string": true } },
        "odd-name": { type: "boolean" },
        rest: { type: "object" },
      },
    },
    ["spec"],
  );
  expect(type).toBe("ThingSpec");
  expect(writer.interfaces()).toBe(`export interface ThingSpec {
  /** Which ones. */
  kinds: ("a" | "b")[];
  limits?: Record<string, number | string>;
  "odd-name"?: boolean;
  rest?: Record<string, unknown>;
  [field: string]: unknown;
}`);
});

test("types: equal nested objects share a name, different ones get longer names", () => {
  const writer = new TypeWriter("Thing");
  const port = { type: "object", properties: { port: { type: "integer" } } } as const;
  const name = { type: "object", properties: { name: { type: "string" } } } as const;
  const root = (inner: typeof port | typeof name) =>
    ({ type: "object", properties: { service: inner } }) as const;
  expect(writer.typeOf(port, ["spec", "service"])).toBe("ThingService");
  expect(writer.typeOf(port, ["status", "service"])).toBe("ThingService");
  expect(writer.typeOf(name, ["status", "service"])).toBe("ThingStatusService");
  expect(writer.bodyOf(root(name), ["status"])).toContain("service?: ThingStatusService;");
});
