import { testClient } from "@kyma/local-cluster/testing/client.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test, vi } from "vitest";
import { type GatewayScene, sampleEvent, startScene, type TestAnswer } from "./testing/scene.ts";

const client = testClient(inject("kubeconfig"));
let scene: GatewayScene;
beforeAll(async () => {
  // An acknowledged event must be on the disk, as outside of tests.
  scene = await startScene(client, { nats: { unsafeNoSync: false }, config: { requestTimeoutMs: 1000 } });
});
afterAll(async () => {
  await scene.stop();
  client.connection.close();
});
beforeEach(async () => {
  await remake();
});

async function remake(limits?: Parameters<GatewayScene["makeStream"]>[0]): Promise<void> {
  await scene.manager.streams.delete("sap").catch(() => undefined);
  // NATS removes the files of the deleted stream in the background, and may take those of the new consumer along.
  await vi.waitFor(() => scene.makeStream(limits));
}
const readiness = async (): Promise<TestAnswer> => scene.send({ method: "GET", path: "/readyz" });
const storedIds = async (): Promise<unknown[]> => (await scene.stored()).map(({ event }) => event["id"]);

describe("the stream", () => {
  test("when it is not there, is 504 and a sentence, and heals when it comes", async () => {
    await scene.manager.streams.delete("sap");
    const answer = await scene.publish(sampleEvent("1"));
    expect(answer).toMatchObject({
      status: 504,
      body: expect.stringContaining(`there is no stream "sap"`) as string,
    });
    expect((await readiness()).status).toBe(200);
    await scene.makeStream();
    expect((await scene.publish(sampleEvent("1"))).status).toBe(204);
    expect(await storedIds()).toEqual(["1"]);
  });

  test("that is full of one type is 507 for it, while others go on", async () => {
    await remake({ maxMessagesPerSubject: 3 });
    const statuses: number[] = [];
    for (const id of ["1", "2", "3", "4"]) statuses.push((await scene.publish(sampleEvent(id))).status);
    expect(statuses).toEqual([204, 204, 204, 507]);
    expect((await scene.publish(sampleEvent("4", { type: "order.paid.v1" }))).status).toBe(204);
    expect(await storedIds()).toEqual(["1", "2", "3", "4"]);
    await scene.manager.streams.purge("sap");
    expect((await scene.publish(sampleEvent("5"))).status).toBe(204);
  });

  test("that is full of bytes is 507, keeps what it acknowledged, and heals when there is room", async () => {
    await remake({ maxBytes: 4096 });
    const answers = [];
    for (let id = 1; id <= 10; id++)
      answers.push(await scene.publish(sampleEvent(String(id), { data: "x".repeat(500) })));
    const accepted = answers.filter(({ status }) => status === 204).length;
    expect(accepted).toBeGreaterThan(0);
    expect(answers.at(-1)).toMatchObject({
      status: 507,
      body: expect.stringContaining("no room for the event") as string,
    });
    expect(await storedIds()).toEqual(Array.from({ length: accepted }, (_, index) => String(index + 1)));
    const legacy = `{"event-type":"a.b","event-type-version":"v1","event-time":"2020-04-02T21:37:00Z","data":"${"x".repeat(3000)}"}`;
    const old = await scene.send({ path: "/shop/v1/events", body: legacy });
    expect(JSON.parse(old.body)).toEqual({
      status: 507,
      message: expect.stringContaining("no room") as string,
    });
    await scene.manager.streams.purge("sap");
    expect((await scene.publish(sampleEvent("11"))).status).toBe(204);
  });
});

test("an event that nobody subscribed to is accepted", async () => {
  await scene.manager.consumers.delete("sap", "all");
  expect((await scene.publish(sampleEvent("1"))).status).toBe(204);
  expect(await storedIds()).toEqual([]);
});

describe("NATS", () => {
  const restart = async (): Promise<void> => {
    await scene.nats.process.start();
    await scene.nats.process.ready();
    await scene.untilReady();
  };

  test("that is away is 502 and not ready; when it is back all is well without a restart of ours", async () => {
    expect((await scene.publish(sampleEvent("before"))).status).toBe(204);
    await scene.nats.process.kill();
    await vi.waitFor(async () => expect((await readiness()).status).toBe(500));
    const answer = await scene.publish(sampleEvent("while"));
    expect(answer).toMatchObject({
      status: 502,
      body: expect.stringContaining("no connection to NATS") as string,
    });
    expect((await scene.send({ method: "GET", path: "/healthz" })).status).toBe(200);
    expect(await fetch(`http://127.0.0.1:${scene.adminPort}/metrics`).then((got) => got.text())).toContain(
      "eventing_epp_health 0",
    );
    await restart();
    expect((await scene.publish(sampleEvent("after"))).status).toBe(204);
    expect(await storedIds()).toEqual(["before", "after"]);
  });

  test("that hangs is 504 in time, and what it took all the same is stored once", async () => {
    scene.nats.process.signal("SIGSTOP");
    try {
      const answers = await Promise.all(
        Array.from({ length: 150 }, (_, id) => scene.publish(sampleEvent(`hung-${id}`))),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([504]));
      // From here on only few find out whether it answers again.
      const more = await Promise.all(
        Array.from({ length: 150 }, (_, id) => scene.publish(sampleEvent(`more-${id}`))),
      );
      expect(new Set(more.map(({ status }) => status))).toEqual(new Set([504]));
    } finally {
      scene.nats.process.signal("SIGCONT");
    }
    await vi.waitFor(
      async () => expect((await scene.publish(sampleEvent("hung-0"))).status).toBe(204),
      10_000,
    );
    const ids = await storedIds();
    expect(ids.filter((id) => id === "hung-0")).toHaveLength(1);
    expect(ids.filter((id) => String(id).startsWith("more-")).length).toBeLessThanOrEqual(100);
  });

  test("killed in the middle of publishing loses nothing that was answered with 204", async () => {
    const acknowledged = new Set<string>();
    const refused = new Set<number>();
    let next = 0;
    const load = { isOver: false };
    const publishUntilOver = async (): Promise<void> => {
      while (!load.isOver) {
        const id = String(next++);
        const { status } = await scene.publish(sampleEvent(id, { data: { id } }));
        if (status === 204) acknowledged.add(id);
        else refused.add(status);
      }
    };
    const publishers = Promise.all(Array.from({ length: 20 }, publishUntilOver));
    for (let round = 0; round < 3; round++) {
      const before = acknowledged.size;
      await vi.waitFor(() => expect(acknowledged.size).toBeGreaterThan(before + 50), 20_000);
      await scene.nats.process.kill();
      await restart();
    }
    load.isOver = true;
    await publishers;
    const stored = await storedIds();
    expect([...acknowledged].filter((id) => !stored.includes(id))).toEqual([]);
    expect(new Set(stored).size).toBe(stored.length);
    expect([...refused].every((status) => [502, 503, 504].includes(status))).toBe(true);
    expect(refused.size).toBeGreaterThan(0);
  });
});
