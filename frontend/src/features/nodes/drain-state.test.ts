import { expect, test } from "vitest";
import type { DrainPod } from "#api/workloads.ts";
import type { Drain } from "./drain-state.ts";
import {
  afterEvictions,
  afterLook,
  drainSentence,
  nextToEvict,
  questionsOf,
  startDrain,
} from "./drain-state.ts";

function pod(name: string, more: Partial<DrainPod> = {}): DrainPod {
  const base = { namespace: "n", name, uid: name, controller: "ReplicaSet r", skipped: null };
  return { ...base, isUnmanaged: false, emptyDirs: [], terminatingSince: null, ...more };
}
const answer = (name: string, outcome: "EVICTED" | "REFUSED" | "GONE" | "FAILED", message = "") => ({
  namespace: "n",
  name,
  uid: name,
  outcome,
  message,
});
const states = ({ pods }: Drain) => Object.fromEntries(pods.map(({ name, progress }) => [name, progress]));

test("a drain asks once for each pod, again for refused ones after a while, and ends when all are gone", () => {
  const plan = [pod("a"), pod("b"), pod("daemon", { skipped: "DaemonSet d would put it back at once." })];
  let drain = afterLook(startDrain("node", 60, 0), plan, 0);
  expect(nextToEvict(drain, 0).map(({ name }) => name)).toEqual(["a", "b"]);
  drain = afterEvictions(drain, [answer("a", "EVICTED"), answer("b", "REFUSED", "budget b")], 100);
  expect(states(drain)).toEqual({ a: "terminating", b: "refused" });
  expect(drain.pods[1]?.message).toBe("budget b");
  expect(drainSentence(drain)).toBe("0 of 2 pods are gone; a PodDisruptionBudget holds back 1.");
  expect(nextToEvict(drain, 1000)).toEqual([]);
  expect(nextToEvict(drain, 5100).map(({ name }) => name)).toEqual(["b"]);
  drain = afterLook(drain, [pod("b")], 5200);
  expect(states(drain)).toEqual({ a: "gone", b: "refused" });
  drain = afterEvictions(drain, [answer("b", "EVICTED")], 5300);
  drain = afterLook(drain, [pod("b", { terminatingSince: "now" })], 5400);
  expect(drain.end).toBeUndefined();
  drain = afterLook(drain, [], 5500);
  expect(drain).toMatchObject({ end: "drained" });
  expect(drainSentence(drain)).toBe('Node "node" is drained: 2 of 2 pods are gone.');
});

test("newcomers are drained too; a new pod under an old name is another pod", () => {
  let drain = afterLook(startDrain("node", undefined, 0), [pod("web-0")], 0);
  drain = afterLook(drain, [pod("web-0", { uid: "second" })], 10);
  expect(drain.pods.map(({ uid, progress }) => [uid, progress])).toEqual([
    ["web-0", "gone"],
    ["second", "waiting"],
  ]);
});

test("it gives up when its time is over, and asks nothing more", () => {
  const drain = afterLook(startDrain("node", 1, 0), [pod("a")], 1000);
  expect(drain.end).toBe("timed out");
  expect(nextToEvict(drain, 9000)).toEqual([]);
  expect(drainSentence(drain)).toContain("The node stays cordoned.");
  expect(afterLook(startDrain("node", undefined, 0), [], 0).end).toBe("drained");
});

test("no call asks for more than 20 pods", () => {
  const many = Array.from({ length: 50 }, (_, index) => pod(`p${index}`));
  expect(nextToEvict(afterLook(startDrain("node", 60, 0), many, 0), 0)).toHaveLength(20);
});

test("what the person has to agree to", () => {
  const plan = [pod("a"), pod("b", { isUnmanaged: true }), pod("c", { emptyDirs: ["cache"] })];
  const { unmanaged, emptyDirs } = questionsOf(plan);
  expect([unmanaged, emptyDirs].map((pods) => pods.map(({ name }) => name))).toEqual([["b"], ["c"]]);
});
