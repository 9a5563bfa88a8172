import { expect, test } from "vitest";
import { compareVersions, goEnvironment, linkerFlags } from "./go-build.ts";

test("versions compare by number", () => {
  expect(compareVersions("1.9", "1.21")).toBeLessThan(0);
  expect(compareVersions("1.26.8", "1.26.0")).toBeGreaterThan(0);
  expect(compareVersions("1.26", "1.26.0")).toBe(0);
});

test("only a Go that is too old fetches the release that it needs", () => {
  expect(goEnvironment("1.26.8", "1.26.0")).not.toHaveProperty("GOTOOLCHAIN");
  expect(goEnvironment("1.21.0", "1.26.0")).toMatchObject({ GOTOOLCHAIN: "auto" });
  expect(() => goEnvironment("1.20.14", "1.26.0")).toThrow("Go 1.20.14 is too old");
});

test("the programs are told their version", () => {
  const flags = linkerFlags({ kubernetes: "v1.36.3", etcd: "v3.6.8", nats: "v2.15.3", go: "1.26.0" });
  expect(flags).toContain("version.gitVersion=v1.36.3");
  expect(flags).toContain("version.gitMajor=1 ");
  expect(flags).toContain("version.gitMinor=36 ");
});
