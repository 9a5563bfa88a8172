import { describe, expect, it } from "vitest";
import { envProblem, envSource, withSource } from "./env-model.ts";

describe("envSource", () => {
  it("tells the sources apart", () => {
    expect(envSource({ name: "A", value: "" })).toBe("value");
    expect(envSource(withSource("A", "secret", { name: "s", key: "k" }))).toBe("secret");
    expect(envSource(withSource("A", "configMap", { name: "c", key: "k" }))).toBe("configMap");
    expect(envSource({ name: "A", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } })).toBe("other");
  });
});

describe("envProblem", () => {
  it.each([
    [{ name: "" }, "needs a name"],
    [{ name: "FUNC_PORT" }, "reserved"],
    [{ name: "1A" }, "no valid name"],
    [withSource("A", "secret"), "Choose"],
  ])("names what is wrong with %j", (entry, text) => {
    expect(envProblem(entry, [entry])).toContain(text);
  });
  it("finds duplicates", () => {
    const entry = { name: "A", value: "1" };
    expect(envProblem(entry, [entry, { name: "A", value: "2" }])).toContain("more than once");
  });
  it("has nothing against a good one", () => {
    const entry = withSource("A", "configMap", { name: "c", key: "k" });
    expect(envProblem(entry, [entry])).toBeUndefined();
  });
});
