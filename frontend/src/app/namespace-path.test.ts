import { describe, expect, it } from "vitest";
import { pathInNamespace } from "./namespace-path.ts";

describe("pathInNamespace", () => {
  it.each([
    ["/namespaces/a", "/namespaces/b"],
    ["/namespaces/a/functions", "/namespaces/b/functions"],
    ["/namespaces/a/functions/hello", "/namespaces/b/functions"],
    ["/namespaces/a/resources/core/v1/pods", "/namespaces/b/resources/core/v1/pods"],
    ["/namespaces/a/resources/core/v1/pods/x-1", "/namespaces/b/resources/core/v1/pods"],
    ["/cluster/core/v1/nodes/local", "/namespaces/b"],
    ["/", "/namespaces/b"],
  ])("leads from %s to %s", (from, to) => {
    expect(pathInNamespace(from, "b")).toBe(to);
  });
});
