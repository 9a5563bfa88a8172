import { expect, it } from "vitest";
import { functionOfRow } from "./function-list.tsx";
import { functionState } from "./function-state.ts";

const label = (values: unknown[]) => functionState(functionOfRow("hello", values)).label;

it.each([
  [[2, 2, null, 1, "True", "", "True", "DeploymentReady", ""], "Running"],
  [[2, 1, null, 1, "True", "", "True", "DeploymentReady", ""], "Updating"],
  [[1, null, null, 1], "New"],
  [[1, 1, null, 0, "True", "", "True", "DeploymentReady", ""], "Scaled to zero"],
  [[1, 1, null, 1, "False", "no such runtime", "Unknown"], "Invalid"],
  [[1, 1, null, 1, "True", "", "False", "DeploymentFailed", "crash"], "Failed"],
  [[1, 1, "2026-01-01T00:00:00Z", 1, "True", "", "True"], "Deleting"],
])("%j is %s", (values, state) => {
  expect(label(values)).toBe(state);
});
