import { expect, test } from "vitest";
import { terminalContainers } from "./containers.ts";

test("running containers come first, finished init containers not at all", () => {
  const running = { running: {} };
  const pod = {
    metadata: { name: "p" },
    spec: {
      containers: [{ name: "down" }, { name: "web" }],
      initContainers: [{ name: "install" }, { name: "sidecar" }],
      ephemeralContainers: [{ name: "debugger-1" }],
    },
    status: {
      containerStatuses: [
        { name: "web", state: running },
        { name: "down", state: { waiting: {} } },
      ],
      initContainerStatuses: [
        { name: "install", state: { terminated: {} } },
        { name: "sidecar", state: running },
      ],
      ephemeralContainerStatuses: [{ name: "debugger-1", state: running }],
    },
  };
  expect(terminalContainers(pod).map(({ name, isDebug }) => [name, isDebug])).toEqual([
    ["web", false],
    ["sidecar", false],
    ["debugger-1", true],
    ["down", false],
  ]);
});
