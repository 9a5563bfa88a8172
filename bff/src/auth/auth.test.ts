import type { KubeClient } from "@kyma/kube/client.ts";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readCookie } from "./cookie.ts";
import { Sessions, type Credentials } from "./sessions.ts";
import { SignInLink } from "./sign-in-link.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const credentials: Credentials = { kube: {} as KubeClient, identity: "a", user: "a", method: "LINK" };

test("a session ends after idleness, and in any case after its full time; who listens is told once", () => {
  const sessions = new Sessions({ idleMs: 1000, absoluteMs: 2500 });
  const { id, session } = sessions.start(credentials);
  const ended = vi.fn();
  session.onEnd(ended);
  vi.advanceTimersByTime(900);
  expect(sessions.find(id)).toBe(session);
  vi.advanceTimersByTime(900);
  expect(sessions.find(id)).toBe(session);
  expect(ended).not.toHaveBeenCalled();
  vi.advanceTimersByTime(800);
  expect(sessions.find(id)).toBeUndefined();
  expect(ended).toHaveBeenCalledOnce();
  const idle = sessions.start(credentials);
  vi.advanceTimersByTime(1001);
  expect(idle.session.over).toBe(true);
  expect(sessions.count).toBe(0);
});

test("ids are random, long, and found only whole", () => {
  const sessions = new Sessions();
  const ids = Array.from({ length: 50 }, () => sessions.start(credentials).id);
  expect(new Set(ids).size).toBe(50);
  expect(ids.every((id) => /^[\w-]{43}$/.test(id))).toBe(true);
  expect(sessions.find(ids[0]?.slice(0, 42))).toBeUndefined();
  expect(sessions.find("")).toBeUndefined();
  sessions.close();
  expect(sessions.count).toBe(0);
});

test("the number of sessions is bounded: the oldest makes room", () => {
  const sessions = new Sessions();
  const first = sessions.start(credentials);
  for (let count = 0; count < 1000; count++) sessions.start(credentials);
  expect(sessions.count).toBe(1000);
  expect(first.session.over).toBe(true);
  sessions.close();
});

test("a link is good for one use, and no other text is", async () => {
  vi.useRealTimers();
  const file = join(await mkdtemp(join(tmpdir(), "kyma-link-")), "console-url");
  const link = new SignInLink(file, "http://127.0.0.1:4000");
  expect(link.consume("")).toBe(false);
  await link.renew();
  const token = new URL((await readFile(file, "utf8")).trim()).searchParams.get("token") ?? "";
  expect(link.consume(`${token}x`)).toBe(false);
  expect(link.consume(token)).toBe(true);
  expect(link.consume(token)).toBe(false);
  await link.remove();
  await expect(readFile(file)).rejects.toThrow(/ENOENT/);
});

test("a cookie that is sent twice counts as none", () => {
  expect(readCookie("a=1; kyma=2", "kyma")).toBe("2");
  expect(readCookie("kyma=1; kyma=2", "kyma")).toBeUndefined();
  expect(readCookie("not-kyma=1", "kyma")).toBeUndefined();
  expect(readCookie(undefined, "kyma")).toBeUndefined();
});
