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

test("nobody gets a right on secrets or on everything, and gateways and dispatcher may write nothing", () => {
  const roles = readLocalManifests().filter((object) => object.kind.endsWith("Role")) as unknown as Role[];
  expect(roles.length).toBeGreaterThan(8);
  for (const rule of roles.flatMap((role) => role.rules)) {
    expect([...rule.resources, ...rule.verbs]).not.toContain("*");
    expect(rule.resources).not.toContain("secrets");
  }
  for (const name of ["kyma:gateway", "kyma:event-gateway", "kyma:event-dispatcher"]) {
    const rules = roles.filter((role) => role.metadata.name === name).flatMap((role) => role.rules);
    expect(rules.length, name).toBeGreaterThan(0);
    for (const rule of rules) expect(rule.verbs, name).toEqual(["get", "list", "watch"]);
  }
});

interface Role {
  metadata: { name: string };
  rules: { resources: string[]; verbs: string[] }[];
}
