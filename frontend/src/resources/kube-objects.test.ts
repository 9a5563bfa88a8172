import { describe, expect, it } from "vitest";
import type { Pod } from "./kube-objects.ts";
import { eventTime, podState } from "./kube-objects.ts";

const pod = (status: Pod["status"], metadata = {}): Pod => ({
  metadata: { name: "p", ...metadata },
  ...(status ? { status } : {}),
});

describe("podState", () => {
  it("is the phase when nothing is wrong", () => {
    expect(
      podState(pod({ phase: "Running", containerStatuses: [{ name: "c", state: { running: {} } }] })),
    ).toBe("Running");
  });
  it("names what keeps a container from running", () => {
    const waiting = { name: "c", state: { waiting: { reason: "CrashLoopBackOff" } } };
    expect(podState(pod({ phase: "Running", containerStatuses: [waiting] }))).toBe("CrashLoopBackOff");
  });
  it("names a failed init container first", () => {
    const failed = { name: "dependencies", state: { terminated: { reason: "Error", exitCode: 1 } } };
    const waiting = { name: "c", state: { waiting: { reason: "PodInitializing" } } };
    expect(
      podState(pod({ phase: "Pending", initContainerStatuses: [failed], containerStatuses: [waiting] })),
    ).toBe("Init:Error");
  });
  it("is Terminating once deletion began", () => {
    expect(podState(pod({ phase: "Running" }, { deletionTimestamp: "2026-01-01T00:00:00Z" }))).toBe(
      "Terminating",
    );
  });
});

it("takes the time of an Event from whichever field its writer filled", () => {
  const event = {
    metadata: { name: "e", creationTimestamp: "1" },
    involvedObject: {},
    lastTimestamp: null,
    eventTime: "2",
  };
  expect(eventTime(event)).toBe("2");
  expect(eventTime({ ...event, eventTime: null })).toBe("1");
});
