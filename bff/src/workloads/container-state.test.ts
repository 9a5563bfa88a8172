import { expect, test } from "vitest";
import { containerWords, podTrouble } from "./container-state.ts";
import type { Container, ContainerState, ContainerStatus, Pod } from "./workload-objects.ts";

const plain: Container = { name: "a" };

function words(state: ContainerState, more: Partial<ContainerStatus> = {}, container = plain) {
  return containerWords(container, { name: "a", state, ...more });
}

test("OOMKilled names the limit and what to raise", () => {
  const limited = { name: "a", resources: { limits: { memory: "128Mi" } } };
  expect(words({ terminated: { exitCode: 137, reason: "OOMKilled" } }, {}, limited)).toEqual({
    state: "Terminated: OOMKilled, exit code 137",
    explanation: "It used more memory than its limit of 128Mi allows and was killed (OOMKilled).",
    advice: "Raise resources.limits.memory, or find out what uses so much.",
  });
});

test("CrashLoopBackOff says how the last run ended and keeps its message", () => {
  const lastState = { terminated: { exitCode: 127, reason: "Error", message: "no such file\n" } };
  const { explanation, advice } = words(
    { waiting: { reason: "CrashLoopBackOff", message: "back-off 10s restarting failed container=a" } },
    { lastState, restartCount: 1 },
  );
  expect(explanation).toContain("(1 restart)");
  expect(explanation).toContain(
    "Its command was not found in the image (exit code 127). It said: no such file",
  );
  expect(explanation).not.toContain("back-off");
  expect(advice).toContain("previous run");
});

test.for([
  ["ImagePullBackOff", "could not be pulled", "registry"],
  ["ErrImagePull", "could not be pulled", "registry"],
  ["InvalidImageName", "not valid", "Correct"],
  ["CreateContainerConfigError", "cannot be configured", "Create what the message names"],
  ["RunContainerError", "could not start it", "command"],
])("%s has a reason and advice, and the kubelet's own message", ([reason = "", text = "", advice = ""]) => {
  const said = words({ waiting: { reason, message: 'secret "x" not found' } });
  expect(said.state).toBe(`Waiting: ${reason}`);
  expect(said.explanation).toContain(text);
  expect(said.explanation).toContain('secret "x" not found');
  expect(said.advice).toContain(advice);
});

test("a container that is well has nothing to explain; one that is not ready names its probe", () => {
  expect(words({ running: {} }, { ready: true })).toEqual({
    state: "Running",
    explanation: null,
    advice: null,
  });
  const probed = { name: "a", readinessProbe: {} };
  expect(words({ running: {} }, { ready: false }, probed).explanation).toContain("readiness probe");
  const starting = { name: "a", startupProbe: {}, readinessProbe: {} };
  expect(words({ running: {} }, { ready: false, started: false }, starting).explanation).toContain(
    "startup probe",
  );
  expect(words({ terminated: { exitCode: 0, reason: "Completed" } })).toMatchObject({ explanation: null });
  expect(words({ waiting: { reason: "NewReason", message: "something new" } }).explanation).toBe(
    "something new",
  );
});

test("why a pod is not ready: the first thing that stands in its way", () => {
  const pod = (status: Pod["status"], spec: Partial<Pod["spec"]> = {}): Pod => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "p" },
    spec: { containers: [plain], ...spec },
    ...(status ? { status } : {}),
  });
  expect(podTrouble(pod({ conditions: [{ type: "Ready", status: "True" }] }))).toBeNull();
  expect(podTrouble(pod({ phase: "Succeeded" }))).toBeNull();
  expect(podTrouble(pod({ phase: "Failed", reason: "Evicted", message: "low on memory" }))).toBe(
    "Evicted. low on memory",
  );
  expect(podTrouble(pod({ phase: "Pending" }))).toBe("It waits for a node.");
  expect(podTrouble(pod({ phase: "Pending" }, { nodeName: "n" }))).toBe("It is starting.");
  const init = { initContainerStatuses: [{ name: "i", state: { waiting: { reason: "ErrImagePull" } } }] };
  expect(podTrouble(pod(init, { initContainers: [{ name: "i" }] }))).toContain("Init container i: Its image");
  expect(podTrouble(pod({}, { nodeName: "n", readinessGates: [{ conditionType: "lb" }] }))).toBe(
    "Its readiness gate lb is not met.",
  );
});
