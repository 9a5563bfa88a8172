import { testContainer, TestNode, until } from "@kyma/local-cluster/node-agent/testing/test-node.ts";
import { setTimeout as delay } from "node:timers/promises";
import { roleBindings, roles } from "@kyma/kube/resource-types.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket, type RawData } from "ws";
import { kubeconfigAs, startTestConsole, type TestConsole } from "../testing/test-console.ts";
import type { ServerMessage } from "./messages.ts";

// Shells in the containers of a real node.
let node: TestNode;
let app: TestConsole;
let namespace: string;
const terminalLimits = { terminals: 3, openWaitMs: 1500, messagesPerSecond: 50, lingerMs: 4000 };

beforeAll(async () => {
  node = await TestNode.start();
  namespace = await node.namespace();
  app = await startTestConsole(node.controlPlane.kubeconfig, [], { terminalLimits });
  await node.pod(namespace, "p", { containers: [testContainer("main", ["serve"])] });
  await node.podIs(namespace, "p", "runs", ({ status }) => status?.phase === "Running");
}, 120_000);
afterAll(async () => {
  await app?.[Symbol.asyncDispose]();
  await node?.stop();
}, 60_000);

class Browser {
  readonly socket: WebSocket;
  readonly messages: ServerMessage[] = [];
  readonly closed: Promise<number>;
  output = "";
  received = 0;

  constructor(options: { console?: TestConsole; headers?: Record<string, string> } = {}) {
    const console = options.console ?? app;
    this.socket = new WebSocket(`${console.url.replace("http", "ws")}/terminal`, {
      headers: { cookie: console.cookie, origin: console.url, ...options.headers },
    });
    this.socket.on("message", (data: RawData, isBinary: boolean) => {
      const bytes = data as Buffer;
      if (isBinary) {
        this.output += bytes.toString();
        this.received += bytes.length;
      } else this.messages.push(JSON.parse(bytes.toString()) as ServerMessage);
    });
    this.closed = new Promise((resolve) => {
      this.socket.once("close", resolve);
      this.socket.once("error", (error) => resolve(Number(/\d{3}/.exec(error.message)?.[0] ?? 0)));
    });
  }

  async open(extra: object = {}): Promise<this> {
    await new Promise((resolve) => this.socket.once("open", resolve));
    this.say({
      type: "open",
      namespace,
      pod: "p",
      container: "main",
      mode: "exec",
      cols: 80,
      rows: 24,
      ...extra,
    });
    return this;
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  type(text: string): void {
    this.socket.send(Buffer.from(text));
  }

  async sees(text: string | RegExp): Promise<void> {
    const isThere = (): boolean =>
      typeof text === "string" ? this.output.includes(text) : text.test(this.output);
    await until(`the terminal shows ${String(text)}`, () => Promise.resolve(isThere()), 10_000);
  }

  async is<T extends ServerMessage["type"]>(type: T): Promise<ServerMessage & { type: T }> {
    const find = (): ServerMessage | undefined => this.messages.findLast((message) => message.type === type);
    await until(`${type} is told`, () => Promise.resolve(find() !== undefined), 15_000);
    return find() as ServerMessage & { type: T };
  }
}

test("a shell echoes within 150 ms, knows the window's size, and tells how it ended", async () => {
  const browser = await new Browser().open();
  await browser.is("opened");
  browser.type("stty size; cd /tmp\r");
  await browser.sees("24 80");
  browser.say({ type: "resize", cols: 91, rows: 30 });
  await delay(100);
  browser.type("stty size\r");
  await browser.sees("30 91");
  const trips: number[] = [];
  for (let count = 0; count < 20; count++) {
    const began = performance.now();
    browser.type(`#${count}-`);
    await new Promise<void>((resolve) => {
      const look = (): unknown => (browser.output.includes(`#${count}-`) ? resolve() : setTimeout(look, 1));
      look();
    });
    trips.push(performance.now() - began);
  }
  expect(trips.sort((a, b) => a - b)[10]).toBeLessThan(150);
  // The interrupt throws away what was typed behind it.
  browser.type("\u0003");
  await delay(300);
  browser.type("exit 3\r");
  expect(await browser.is("ended")).toMatchObject({ reason: "EXITED", exitCode: 3 });
}, 30_000);

test("the shell outlives a cut socket: the same process, and nothing of its output is missed", async () => {
  const first = await new Browser().open();
  const { id } = await first.is("opened");
  first.type("X=survived; (sleep 1; echo mean''while) &\r");
  await first.sees("survived");
  await delay(100);
  first.socket.terminate();
  await delay(1500);
  const second = new Browser();
  await new Promise((resolve) => second.socket.once("open", resolve));
  second.say({ type: "resume", id, received: first.received, cols: 80, rows: 24 });
  expect((await second.is("opened")).offset).toBe(first.received);
  await second.sees("meanwhile");
  second.type("echo $X\r");
  await second.sees("survived\r\n");
  second.say({ type: "end" });
  expect(await second.closed).toBe(1000);
}, 30_000);

test("another session cannot take a terminal over, though it knows its id", async () => {
  const mine = await new Browser().open();
  const { id } = await mine.is("opened");
  await using other = await startTestConsole(node.controlPlane.kubeconfig);
  const thief = new Browser({ console: other });
  await new Promise((resolve) => thief.socket.once("open", resolve));
  thief.say({ type: "resume", id, received: 0, cols: 80, rows: 24 });
  expect(await thief.is("ended")).toMatchObject({ reason: "GONE" });
  mine.say({ type: "end" });
});

test("a container without a shell says so", async () => {
  const browser = await new Browser().open({ commands: [["no-such-shell"], ["nor-this"]] });
  expect(await browser.is("ended")).toMatchObject({
    reason: "NO_SHELL",
    message: 'Container "main" has no shell to run.',
  });
});

test("a terminal opens only for a page of our own and for a session", async () => {
  for (const [headers, status] of [
    [{ origin: "https://evil.example" }, 403],
    [{ origin: "null" }, 403],
    [{ cookie: "" }, 401],
  ] as const)
    expect(await new Browser({ headers }).closed).toBe(status);
});

test("A11: silence, nonsense, huge messages, floods and too many terminals close the socket", async () => {
  // Its terminals linger: in a session of their own they take no other test's place.
  await using own = await startTestConsole(node.controlPlane.kubeconfig, [], { terminalLimits });
  const browser = (): Browser => new Browser({ console: own });
  const silent = browser();
  expect(await silent.closed).toBe(4408);
  const odd = browser();
  await new Promise((resolve) => odd.socket.once("open", resolve));
  odd.say({
    type: "open",
    namespace: "../secrets",
    pod: "p",
    container: "main",
    mode: "exec",
    cols: 1,
    rows: 1,
  });
  expect(await odd.closed).toBe(4400);
  const huge = await browser().open();
  huge.type("x".repeat(10 * 1024 * 1024));
  expect(await huge.closed).toBe(1009);
  const flood = await browser().open();
  for (let count = 0; count < 2000; count++) flood.socket.ping();
  expect(await flood.closed).toBe(1006);
  const many: Browser[] = [];
  for (let count = 0; count < 4; count++) many.push(await browser().open());
  expect(await Promise.race(many.map(({ closed }) => closed))).toBe(4429);
  for (const { socket } of many) socket.terminate();
}, 30_000);

/** The shell's process, as the container numbers it. */
async function shellOf(browser: Browser): Promise<string> {
  browser.type("echo shell=$$.\r");
  await browser.sees(/shell=\d+\./);
  return /shell=(\d+)\./.exec(browser.output)?.[1] ?? "";
}

/** Waits, looking from another terminal, until the process has gone. */
async function expectGone(pid: string): Promise<void> {
  const watcher = await new Browser().open();
  await watcher.is("opened");
  await until(`process ${pid} has gone`, async () => {
    const marker = `m${Math.random().toString(36).slice(2)}`;
    // A process that nobody has buried yet has ended all the same.
    watcher.type(
      `grep -q '^State:.[^Z]' /proc/${pid}/status && echo ${marker}''there || echo ${marker}''gone\r`,
    );
    await watcher.sees(new RegExp(`${marker}(there|gone)`));
    return watcher.output.includes(`${marker}gone`);
  });
  watcher.say({ type: "end" });
  await watcher.closed;
}

test("a shell to which nobody comes back ends", async () => {
  const browser = await new Browser().open();
  await browser.is("opened");
  const pid = await shellOf(browser);
  browser.socket.terminate();
  await expectGone(pid);
}, 30_000);

test("the end of the session ends its terminals, and the shells with them", async () => {
  await using own = await startTestConsole(node.controlPlane.kubeconfig);
  const browser = new Browser({ console: own });
  await browser.open();
  await browser.is("opened");
  const pid = await shellOf(browser);
  const began = performance.now();
  await own.graphql("mutation { signOut }");
  expect(await browser.closed).toBe(4401);
  expect(performance.now() - began).toBeLessThan(5000);
  await expectGone(pid);
}, 30_000);

test("A25: who may only read pods gets the API server's refusal, for every way in", async () => {
  const user = "reader-of-pods";
  const rules = [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] }];
  const base = { apiVersion: "rbac.authorization.k8s.io/v1", metadata: { namespace, name: user } };
  await node.client.create(roles, { ...base, kind: "Role", rules } as KubeObject);
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: user };
  const subjects = [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: user }];
  await node.client.create(roleBindings, { ...base, kind: "RoleBinding", roleRef, subjects } as KubeObject);
  await using reader = await startTestConsole(await kubeconfigAs(node.controlPlane.kubeconfig, user));
  for (const mode of ["exec", "attach"]) {
    const browser = new Browser({ console: reader });
    await browser.open({ mode });
    const told = await browser.is("ended");
    expect(told).toMatchObject({ reason: "FORBIDDEN" });
    expect(told.message).toContain(`resource "pods/${mode}"`);
  }
  const debug = `mutation { debugPod(namespace: "${namespace}", pod: "p", image: "busybox") }`;
  expect((await reader.graphql(debug)).errors?.[0]?.extensions["code"]).toBe("FORBIDDEN");
  const log = await reader.request(`/export/logs?namespace=${namespace}&pod=p`, {
    headers: { cookie: reader.cookie },
  });
  expect([log.status, log.body]).toEqual([403, expect.stringContaining("pods/log")]);
}, 30_000);
