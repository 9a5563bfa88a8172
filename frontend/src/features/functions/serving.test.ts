import { expect, it } from "vitest";
import type { Pod } from "#resources/kube-objects.ts";
import type { Revision } from "./functions-api.ts";
import { servingVersion } from "./serving.ts";

function pod(source: string, ready: "True" | "False"): Pod {
  const env = [{ name: "FUNC_HANDLER_SOURCE", value: source }];
  const containers = [{ name: "function", env }];
  return {
    metadata: { name: source },
    spec: { containers },
    status: { conditions: [{ type: "Ready", status: ready }] },
  };
}
function revision(number: number, source: string): Revision {
  const spec = { runtime: "nodejs24", source: { inline: { source, dependencies: " " } } };
  return { name: `r${number}`, revision: number, createdAt: "", current: number === 2, spec };
}
const revisions = [revision(2, "new"), revision(1, "old")];

it("says that the newest version serves once one of its pods is ready", () => {
  expect(servingVersion([pod("old", "True"), pod("new", "True")], revisions)).toEqual({ version: "newest" });
});
it("names the revision that still serves while the new pods are not ready", () => {
  expect(servingVersion([pod("old", "True"), pod("new", "False")], revisions)).toEqual({
    version: "earlier",
    revision: 1,
  });
});
it("says earlier without a number when the revision is not kept any more", () => {
  expect(servingVersion([pod("older", "True")], revisions)).toEqual({
    version: "earlier",
    revision: undefined,
  });
});
it("says that nothing serves without a ready pod", () => {
  expect(servingVersion([pod("new", "False")], revisions)).toEqual({ version: "none" });
  expect(servingVersion([], revisions)).toEqual({ version: "none" });
});
