import type { KubeClient } from "@kyma/kube/client.ts";
import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { SessionFile } from "./session-file.ts";
import { Sessions, type Credentials } from "./sessions.ts";

const kube = {
  connection: { as: () => ({ close: () => undefined }), close: () => undefined },
} as unknown as KubeClient;
const link: Credentials = { kube, identity: "kubeconfig:local", user: "admin", method: "LINK" };
const token: Credentials = { kube, identity: "token:x", user: "viewer", method: "TOKEN" };
const newPath = (): string => join(mkdtempSync(join(tmpdir(), "kyma-sessions-")), "sessions.json");

/** What a process finds that starts with this file. */
function restarted(
  path: string,
  credentials = link,
  times = { idleMs: 60_000, absoluteMs: 600_000 },
): Sessions {
  const sessions = new Sessions(times, new SessionFile(path, credentials.identity));
  sessions.restore(credentials);
  return sessions;
}

test("a session of the link outlives its process, also a killed one, with whom it acts as", () => {
  const path = newPath();
  const { id, session } = restarted(path).start(link);
  expect(restarted(path).find(id)?.acting.user).toBe("admin");
  session.viewAs({ user: "jane", groups: ["shop"] });
  expect(restarted(path).find(id)?.acting.impersonated).toEqual({ user: "jane", groups: ["shop"] });
  session.signOut();
  expect(restarted(path).find(id)).toBeUndefined();
});

test("an orderly stop ends what runs and keeps the sessions", () => {
  const path = newPath();
  const sessions = restarted(path);
  const { id, session } = sessions.start(link);
  sessions.close();
  expect(session.over).toBe(true);
  expect(restarted(path).find(id)).toBeDefined();
});

test("neither ids nor tokens are in the file, which is the owner's alone", () => {
  const path = newPath();
  const sessions = restarted(path);
  const { id } = sessions.start(link);
  const other = sessions.start(token);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, "utf8")).not.toContain(id);
  expect(restarted(path).find(other.id)).toBeUndefined();
});

test("time goes on while nothing runs", () => {
  vi.useFakeTimers();
  try {
    const path = newPath();
    const { id } = restarted(path).start(link);
    vi.advanceTimersByTime(61_000);
    expect(restarted(path).find(id)).toBeUndefined();
  } finally {
    vi.useRealTimers();
  }
});

test("a file of other credentials, or nonsense, gives nobody a session", () => {
  const path = newPath();
  const { id } = restarted(path).start(link);
  expect(restarted(path, { ...link, identity: "kubeconfig:other" }).find(id)).toBeUndefined();
  for (const text of ["", "{", "[]", '{"identity":"kubeconfig:local","sessions":[{"hash":1}]}']) {
    writeFileSync(path, text);
    expect(restarted(path).count).toBe(0);
  }
});
