import { testClient } from "@kyma/local-cluster/testing/client.ts";
import { expect, inject, onTestFinished, test } from "vitest";
import { sampleEvent, startScene } from "./testing/scene.ts";

test("a server whose store is full refuses with 507 and keeps what it acknowledged", async () => {
  const client = testClient(inject("kubeconfig"));
  const scene = await startScene(client, {
    nats: { maxFileStore: 2 ** 20 },
    stream: { maxBytes: -1 },
    config: { bodyLimit: 2 ** 21 },
  });
  onTestFinished(async () => {
    await scene.stop();
    client.connection.close();
  });
  const tooLarge = await scene.publish(sampleEvent("large", { data: "x".repeat(1.5 * 2 ** 20) }));
  expect(tooLarge).toMatchObject({ status: 413, body: "the event is larger than NATS takes\n" });
  const accepted: string[] = [];
  let last = 0;
  for (let id = 0; id < 40 && last !== 507; id++) {
    const { status } = await scene.publish(sampleEvent(String(id), { data: "x".repeat(60_000) }));
    if (status === 204) accepted.push(String(id));
    last = status;
  }
  expect(last).toBe(507);
  expect((await scene.stored()).map(({ event }) => event["id"])).toEqual(accepted);
  await scene.manager.streams.purge("sap");
  expect((await scene.publish(sampleEvent("again"))).status).toBe(204);
});
