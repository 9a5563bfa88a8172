import { expect, test } from "vitest";
import { readLocalManifests } from "./manifests.ts";
import { resourceTypeOf } from "./resource-types.ts";

test("every manifest is of a kind that the installer knows, with a name, and a namespace where the kind has one", () => {
  const objects = readLocalManifests();
  expect(objects.length).toBeGreaterThan(8);
  for (const object of objects) {
    expect(object.metadata.name).toBeTruthy();
    expect(Boolean(object.metadata.namespace)).toBe(resourceTypeOf(object).namespaced);
  }
});

test("an unknown kind is refused by name", () => {
  const widget = { apiVersion: "example.org/v1", kind: "Widget", metadata: { name: "w" } };
  expect(() => resourceTypeOf(widget)).toThrow("Widget of example.org/v1");
});

test("nobody gets a right on secrets or on everything, and the gateway may write nothing", () => {
  const roles = readLocalManifests().filter((object) => object.kind.endsWith("Role")) as unknown as Role[];
  expect(roles).toHaveLength(4);
  for (const rule of roles.flatMap((role) => role.rules)) {
    expect([...rule.resources, ...rule.verbs]).not.toContain("*");
    expect(rule.resources).not.toContain("secrets");
  }
  const gatewayRules = roles
    .filter((role) => role.metadata.name === "kyma:gateway")
    .flatMap((role) => role.rules);
  for (const rule of gatewayRules) expect(rule.verbs).toEqual(["get", "list", "watch"]);
});

interface Role {
  metadata: { name: string };
  rules: { resources: string[]; verbs: string[] }[];
}
