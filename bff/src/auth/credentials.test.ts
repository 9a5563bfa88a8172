import type { KubeClient } from "@kyma/kube/client.ts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Attempts } from "./attempts.ts";
import { expiryOf } from "./bearer-token.ts";
import { ClientPool } from "./client-pool.ts";
import { Sessions } from "./sessions.ts";
import { neededRights } from "./view-as.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function fakeClient(): KubeClient & { closed: () => boolean } {
  const close = vi.fn();
  const as = (): unknown => ({ close, as });
  return { connection: { close, as }, closed: () => close.mock.calls.length > 0 } as never;
}

test("a connection that sessions share is closed with the last of them", () => {
  const pool = new ClientPool();
  const client = fakeClient();
  const open = vi.fn(() => client);
  const first = pool.lease("a", open);
  const second = pool.lease("a", open);
  expect(open).toHaveBeenCalledOnce();
  first.release();
  first.release();
  expect(client.closed()).toBe(false);
  second.release();
  expect(client.closed()).toBe(true);
  expect(pool.count).toBe(0);
});

test("a session ends when its token expires, and gives the connection back", () => {
  const release = vi.fn();
  const sessions = new Sessions();
  const endsAt = Date.now() + 5000;
  const { id, session } = sessions.start({
    kube: fakeClient(),
    identity: "t",
    user: "u",
    method: "TOKEN",
    endsAt,
    release,
  });
  const ended = vi.fn();
  session.acting.onEnd(ended);
  vi.advanceTimersByTime(4900);
  expect(sessions.find(id)).toBe(session);
  vi.advanceTimersByTime(200);
  expect(ended).toHaveBeenCalledExactlyOnceWith("signed out");
  expect(release).toHaveBeenCalledOnce();
  expect(sessions.find(id)).toBeUndefined();
});

test("whoever acts until a switch is over with it, and has another identity than who comes then", () => {
  const sessions = new Sessions();
  const { session } = sessions.start({ kube: fakeClient(), identity: "me", user: "me", method: "LINK" });
  const own = session.acting;
  const ended = vi.fn();
  own.onEnd(ended);
  session.viewAs({ user: "jane", groups: ["b", "a"] });
  expect(ended).toHaveBeenCalledExactlyOnceWith("switched");
  expect(own.touch()).toBe(false);
  const jane = session.acting;
  expect(jane.identity).not.toBe(own.identity);
  expect(jane.key).not.toBe(own.key);
  session.viewAs({ user: "jane", groups: ["a", "b"] });
  expect(session.acting.identity).toBe(jane.identity);
  session.viewAs({ user: "jane", groups: [] });
  expect(session.acting.identity).not.toBe(jane.identity);
  session.viewAs(undefined);
  expect(session.acting.identity).toBe("me");
  expect(sessions.pool.count).toBe(0);
  session.signOut();
  expect(session.acting.touch()).toBe(false);
  session.viewAs({ user: "jane", groups: [] });
  expect(session.acting.identity).toBe("me");
});

test("failures are counted per client and forgotten after a minute", () => {
  const attempts = new Attempts(2);
  attempts.failed("a");
  expect(attempts.waitSeconds("a")).toBe(0);
  attempts.failed("a");
  expect(attempts.waitSeconds("a")).toBe(60);
  expect(attempts.waitSeconds("b")).toBe(0);
  vi.advanceTimersByTime(60_000);
  expect(attempts.waitSeconds("a")).toBe(0);
});

test("the expiry of a token is read where it says one, and nothing else is", () => {
  const token = (claims: unknown): string =>
    `x.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.y`;
  expect(expiryOf(token({ exp: 100 }))).toBe(100_000);
  for (const other of [token({}), token(null), token({ exp: "100" }), "x.y", "opaque", "x.%%%.y"]) {
    expect(expiryOf(other)).toBeUndefined();
  }
});

test("impersonation needs a right for each part of the identity", () => {
  expect(neededRights({ user: "jane", groups: ["dev"], uid: "7" })).toEqual([
    { group: "", resource: "users", name: "jane" },
    { group: "", resource: "groups", name: "dev" },
    { group: "authentication.k8s.io", resource: "uids", name: "7" },
  ]);
  expect(neededRights({ user: "system:serviceaccount:ci:bot", groups: [] })).toEqual([
    { group: "", resource: "serviceaccounts", namespace: "ci", name: "bot" },
  ]);
});
