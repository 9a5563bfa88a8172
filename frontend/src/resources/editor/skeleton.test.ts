import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { skeleton } from "./skeleton.ts";
import { templateOf } from "./templates.ts";

describe("skeleton", () => {
  it("holds every required field, also behind references and in lists", () => {
    const schema = {
      required: ["spec"],
      properties: {
        apiVersion: {},
        kind: {},
        metadata: {},
        spec: { $ref: "#/definitions/Spec" },
        status: {},
      },
      definitions: {
        Spec: {
          type: "object",
          required: ["size", "mode", "parts", "self"],
          properties: {
            size: { type: "integer", minimum: 2, description: "How large. More words." },
            mode: { type: "string", enum: ["fast", "slow"] },
            optional: { type: "string" },
            self: { type: "object", properties: { on: { type: "boolean" } }, required: ["on"] },
            parts: {
              type: "array",
              items: {
                type: "object",
                required: ["name", "port"],
                properties: { name: { type: "string" }, port: { type: "integer" } },
              },
            },
          },
        },
      },
    };
    const text = skeleton(schema, { apiVersion: "x.io/v1", kind: "Widget", namespace: "shop" });
    expect(text).toContain("# How large");
    expect(parse(text)).toEqual({
      apiVersion: "x.io/v1",
      kind: "Widget",
      metadata: { name: "my-widget", namespace: "shop" },
      spec: { size: 2, mode: "fast", parts: [{ name: "", port: 0 }], self: { on: false } },
    });
  });
  it("ends for a schema that requires itself", () => {
    const schema = {
      properties: { spec: { $ref: "#/definitions/A" } },
      definitions: { A: { type: "object", required: ["a"], properties: { a: { $ref: "#/definitions/A" } } } },
    };
    expect(parse(skeleton(schema, { apiVersion: "v1", kind: "A", namespace: undefined }))).toMatchObject({
      kind: "A",
    });
  });
});

describe("templateOf", () => {
  const kind = { group: "apps", version: "v1", plural: "deployments", kind: "Deployment", namespaced: true };
  it("is valid YAML in the chosen namespace", () => {
    expect(parse(templateOf(kind, "shop") ?? "")).toMatchObject({
      apiVersion: "apps/v1",
      metadata: { name: "my-deployment", namespace: "shop" },
      spec: { selector: { matchLabels: { app: "my-deployment" } } },
    });
  });
  it("is not there for kinds that nobody knows, whatever they are called", () => {
    expect(templateOf({ ...kind, plural: "constructor", group: "" }, "shop")).toBeUndefined();
  });
});
