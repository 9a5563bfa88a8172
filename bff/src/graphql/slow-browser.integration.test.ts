import { configMaps } from "@kyma/kube/resource-types.ts";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import { once } from "node:events";
import { afterEach, expect, inject, test } from "vitest";
import { WebSocket } from "ws";
import { createNamespace, startTestConsole, type TestConsole } from "../testing/test-console.ts";
import type { SocketLimits } from "./socket.ts";

const objects = 5;
const views = 40;
const objectBytes = 40_000;
const mostBuffered = 1024 * 1024;

let app: TestConsole;
afterEach(() => app[Symbol.asyncDispose]());

async function start(socketLimits: Partial<SocketLimits>): Promise<{ namespace: string; change: Change }> {
  app = await startTestConsole(inject("kubeconfig"), [], { socketLimits });
  const namespace = await createNamespace(app.kube);
  const filler = "x".repeat(objectBytes);
  for (let n = 0; n < objects; n++) {
    const metadata = { namespace, name: `object-${n}`, labels: { slow: "0" } };
    const object = { apiVersion: "v1", kind: "ConfigMap", metadata, data: { filler } };
    await app.kube.create<UnknownObject>(configMaps, object);
  }
  const change = async (number: number): Promise<void> => {
    const patch = { metadata: { labels: { slow: String(number) } } };
    const name = `object-${number % objects}`;
    await app.kube.patch(configMaps, { namespace, name }, patch, { type: "merge" });
  };
  return { namespace, change };
}
type Change = (number: number) => Promise<void>;

interface Message {
  id?: string;
  type: string;
  payload?: { data: { objectsEvents: { objects: UnknownObject[] } } };
}

/** A browser with some views of all objects; of each view it knows the newest change. */
class Browser {
  messages = 0;
  readonly newest: number[];
  readonly socket: WebSocket;

  constructor(count: number) {
    this.newest = Array.from({ length: count }, () => -1);
    const headers = { cookie: app.cookie, origin: app.url };
    this.socket = new WebSocket(`${app.url.replace("http", "ws")}/graphql`, "graphql-transport-ws", {
      headers,
    });
    this.socket.on("error", () => undefined);
    this.socket.on("message", (data: Buffer) => this.#take(JSON.parse(data.toString()) as Message));
  }

  async open(namespace: string): Promise<void> {
    await once(this.socket, "open");
    this.socket.send(JSON.stringify({ type: "connection_init" }));
    await once(this.socket, "message");
    const query = `subscription($namespace: String!) {
      objectsEvents(type: {version: "v1", plural: "configmaps"}, namespace: $namespace, labelSelector: "slow") { objects }
    }`;
    for (const id of this.newest.keys()) {
      const payload = { query, variables: { namespace } };
      this.socket.send(JSON.stringify({ id: String(id), type: "subscribe", payload }));
    }
  }

  /** Every view has its first snapshot. */
  get hasAll(): boolean {
    return Math.min(...this.newest) >= 0;
  }

  #take({ id, type, payload }: Message): void {
    if (type !== "next" || !payload) return;
    this.messages += 1;
    for (const { metadata } of payload.data.objectsEvents.objects) {
      const number = Number(metadata.labels?.["slow"]);
      this.newest[Number(id)] = Math.max(this.newest[Number(id)] ?? -1, number);
    }
  }
}

async function figure(name: string): Promise<number> {
  const { body } = await app.request("/metrics", { headers: { cookie: app.cookie } });
  return Number(new RegExp(`^${name} (\\d+)`, "m").exec(body)?.[1]);
}
const buffered = (): Promise<number> => figure("kyma_bff_socket_buffered_bytes");

test("R11: a browser that takes nothing delays nobody; what waits for it is bounded and then only the latest state", async (context) => {
  const { namespace, change } = await start({ pingEveryMs: 600_000 });
  const [slow, quick] = [new Browser(views), new Browser(1)];
  await Promise.all([slow.open(namespace), quick.open(namespace)]);
  await expect.poll(() => slow.hasAll && quick.hasAll, { timeout: 20_000 }).toBe(true);
  slow.socket.pause();

  let number = 0;
  const next = async (): Promise<number> => {
    await change(++number);
    await expect.poll(() => quick.newest[0], { timeout: 20_000, interval: 5 }).toBe(number);
    return buffered();
  };
  // What the system's own buffers hold is not ours.
  while ((await next()) === 0) expect(number).toBeLessThan(500);
  const full = number;
  const waiting: number[] = [];
  for (let more = 0; more < 50; more++) waiting.push(await next());
  expect(Math.min(...waiting)).toBeGreaterThan(0);
  expect(Math.max(...waiting)).toBeLessThanOrEqual(mostBuffered);

  const before = slow.messages;
  slow.socket.resume();
  await expect.poll(() => slow.newest, { timeout: 20_000 }).toEqual(Array(views).fill(number));
  await context.annotate(
    `full after ${full} changes; at most ${Math.max(...waiting)} bytes waited; ${slow.messages - before} messages instead of ${number * views}`,
  );
  // Of the changes since it was full each view needs one message, or one more that was under way.
  expect(slow.messages - before).toBeLessThanOrEqual(views * (full + 3));
  await expect.poll(buffered).toBe(0);
}, 120_000);

test("R11: a browser that does not even answer pings is cut", async () => {
  const { namespace } = await start({ pingEveryMs: 500 });
  const dead = new Browser(1);
  await dead.open(namespace);
  await expect.poll(() => dead.hasAll).toBe(true);
  const closed = once(dead.socket, "close");
  dead.socket.pause();
  await expect.poll(() => figure("kyma_bff_sockets"), { timeout: 20_000 }).toBe(0);
  dead.socket.resume();
  await closed;
});
