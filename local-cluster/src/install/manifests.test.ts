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

test("the gateway may write nothing and the controllers have no right on secrets or on everything", () => {
  const roles = readLocalManifests().filter(
    (object) => object.kind === "ClusterRole" || object.kind === "Role",
  );
  const rules = roles.flatMap((role) =>
    (role as unknown as { rules: { resources: string[]; verbs: string[] }[] }).rules.map((rule) => ({
      ...rule,
      role,
    })),
  );
  for (const { resources, verbs, role } of rules) {
    expect([...resources, ...verbs]).not.toContain("*");
    expect(resources).not.toContain("secrets");
    if (role.metadata.name === "kyma:gateway") expect(verbs).toEqual(["get", "list", "watch"]);
  }
});
