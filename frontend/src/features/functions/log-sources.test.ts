import { expect, it } from "vitest";
import type { Pod } from "#resources/kube-objects.ts";
import { logSources, sourceKey, withSeen } from "./log-sources.ts";

const pod: Pod = {
  metadata: { name: "hello-1", namespace: "shop" },
  status: {
    initContainerStatuses: [{ name: "dependencies", state: { terminated: { exitCode: 0 } } }],
    containerStatuses: [
      { name: "function", restartCount: 2, state: { waiting: {} }, lastState: { terminated: {} } },
    ],
  },
};

it("reads every container that has started, also one that waits for its next try", () => {
  expect(logSources([pod]).map(sourceKey)).toEqual(["hello-1/dependencies/0", "hello-1/function/2"]);
});
it("does not read a container that has never started", () => {
  const fresh: Pod = {
    metadata: { name: "p" },
    status: { containerStatuses: [{ name: "function", state: { waiting: {} } }] },
  };
  expect(logSources([fresh])).toEqual([]);
});
it("keeps sources of pods that are gone, and is the same list when nothing is new", () => {
  const seen = withSeen([], logSources([pod]));
  expect(withSeen(seen, [])).toBe(seen);
  expect(withSeen(seen, logSources([pod]))).toBe(seen);
});
