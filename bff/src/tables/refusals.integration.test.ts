import type { KubeObject } from "@kyma/kube/objects.ts";
import { configMaps } from "@kyma/kube/resource-types.ts";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { followers, versionsOf, type Follower } from "../testing/followers.ts";
import { KubeProxy, type Fault } from "../testing/kube-proxy.ts";
import { createSettledNamespace } from "../testing/test-console.ts";
import { callerOf } from "../testing/window-reader.ts";

/** By hand: KYMA_SOAK_SECONDS=600 and `--reporter verbose`, which shows the figures. */
const soakMs = Number(process.env["KYMA_SOAK_SECONDS"] ?? 8) * 1000;
const objects = 10;

/** A busy API server in front of the real one, for one follower. */
class BusyServer {
  readonly proxy = new KubeProxy(inject("kubeconfig"));
  busy = true;
  /** Refuses by chance, too. */
  soaks = false;
  refused = 0;
  /** Requests that were told when to come back, and how long after that they came, in ms. */
  readonly returns: number[] = [];
  #requests = 0;
  readonly #notBefore = new Map<string, number>();

  constructor() {
    this.proxy.fault = ({ method = "", url = "" }) => this.#judge(`${method} ${url.split("?")[0]}`);
  }

  /** The first requests fail for certain, each in another way; then, while it soaks, a fifth of all. */
  #judge(what: string): Fault | undefined {
    const now = performance.now();
    const asked = this.#notBefore.get(what);
    if (asked !== undefined) this.returns.push(now - asked);
    this.#notBefore.delete(what);
    const turn = this.#requests++;
    if (!this.busy || (turn > 3 && !(this.soaks && Math.random() < 0.2))) return undefined;
    this.refused += 1;
    const status = [429, 503, 504, 503][turn % 4] ?? 429;
    // 503 with and without the header.
    const seconds = status === 429 || turn % 4 === 3 ? 1 + (turn % 2) : 0;
    if (seconds === 0) return { status };
    this.#notBefore.set(what, now + seconds * 1000);
    return { status, headers: { "retry-after": String(seconds) } };
  }
}

const servers = followers.map(() => new BusyServer());
const following: Follower[] = [];
const direct = new KubeProxy(inject("kubeconfig"));
beforeAll(async () => {
  await Promise.all([direct, ...servers.map(({ proxy }) => proxy)].map((proxy) => proxy.listen()));
});
afterAll(async () => {
  await Promise.all(following.map(({ stop }) => stop()));
  for (const proxy of [direct, ...servers.map(({ proxy }) => proxy)]) proxy.close();
});

test("R19: while a fifth of all requests are refused nobody comes back too early or gives up, and all is right afterwards", async (context) => {
  const { kube } = callerOf(await direct.listen());
  const namespace = await createSettledNamespace(kube);
  const names = Array.from({ length: objects }, (_, index) => `object-${index}`);
  for (const name of names) {
    const metadata = { namespace, name, labels: { version: "0" } };
    await kube.create<KubeObject>(configMaps, { apiVersion: "v1", kind: "ConfigMap", metadata });
  }
  for (const [index, [, follow]] of followers.entries()) {
    const caller = callerOf((await servers[index]?.proxy.listen())!);
    following.push(follow(caller, configMaps, namespace));
  }
  // Four refusals in a row are told once; an informer that has nothing yet tells nothing.
  const hasAll = ({ held }: Follower): boolean => Object.keys(held()).length > objects;
  await expect.poll(() => following.every(hasAll), { timeout: 30_000 }).toBe(true);
  expect(following.map(({ staleSpells }) => staleSpells())).toEqual([1, 1, 0]);

  for (const server of servers) server.soaks = true;
  const end = performance.now() + soakMs;
  for (let change = 1; performance.now() < end; change++) {
    const name = names[change % objects] ?? "";
    const patch = { metadata: { labels: { version: String(change) } } };
    await kube.patch(configMaps, { namespace, name }, patch, { type: "merge" });
    // Else an open watch would go on and ask for nothing.
    if (change % 20 === 0) for (const { proxy } of servers) proxy.cutWatches();
    await delay(50);
  }
  for (const server of servers) server.busy = false;
  const calm = performance.now();
  await kube.create(configMaps, {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { namespace, name: "late" },
  });
  const { items } = await kube.list<KubeObject>(configMaps, { namespace });
  const expected = versionsOf(items.map(({ metadata }) => metadata));
  await expect
    .poll(() => following.map(({ held }) => held()), { timeout: 60_000, interval: 50 })
    .toEqual(following.map(() => expected));
  await expect.poll(() => following.every(({ isLive }) => isLive()), { timeout: 60_000 }).toBe(true);

  await context.annotate(
    `all right ${((performance.now() - calm) / 1000).toFixed(1)} s after the last refusal`,
  );
  for (const [index, { proxy, refused, returns }] of servers.entries()) {
    const { failure, staleSpells } = following[index]!;
    await context.annotate(
      `${followers[index]?.[0]}: ${proxy.seen.length} requests, ${refused} refused, ${returns.length} told when to come back, earliest ${Math.min(...returns).toFixed(0)} ms after that, ${staleSpells()} times told stale`,
    );
    expect(failure()).toBeUndefined();
    expect(returns.length).toBeGreaterThan(0);
    // Timers of two processes may differ by a little.
    expect(Math.min(...returns)).toBeGreaterThan(-20);
  }
}, 1_200_000);
