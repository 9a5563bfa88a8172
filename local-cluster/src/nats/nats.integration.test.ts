import { connectNats, type NatsAccess } from "@kyma/eventing/nats.ts";
import { defaultStreamLimits, eventStreamConfig } from "@kyma/eventing/streams.ts";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { networkInterfaces } from "node:os";
import { createConnection } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startNats, type TestNats } from "../testing/nats-server.ts";

let nats: TestNats;
const open: NatsConnection[] = [];
const connection = async (user: Parameters<TestNats["access"]>[0]): Promise<NatsConnection> => {
  const one = await connectNats(nats.access(user), "test");
  open.push(one);
  return one;
};
beforeAll(async () => {
  nats = await startNats({ unsafeNoSync: false });
});
afterAll(async () => {
  await Promise.all(open.map((one) => one.close()));
  await nats.stop();
});

test("A40: without credentials, or with wrong ones, nobody gets in", async () => {
  const servers = `127.0.0.1:${nats.port}`;
  await expect(connect({ servers, reconnect: false })).rejects.toThrow(/authorization/i);
  const access: NatsAccess = { ...nats.access("controllers"), password: "x" };
  await expect(
    connect({ servers, user: access.user, pass: access.password, reconnect: false }),
  ).rejects.toThrow(/authorization/i);
});

test("A40: it listens on loopback alone", async () => {
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === "IPv4");
  for (const { address } of others) {
    const refused = await new Promise((resolve) => {
      createConnection({ host: address, port: nats.port })
        .once("connect", () => resolve(false))
        .once("error", () => resolve(true));
    });
    expect(refused, address).toBe(true);
  }
});

test("A40: who publishes may not manage streams, nor look into the system, nor read another's answers", async () => {
  const gateway = await connection("event-gateway");
  await expect(
    jetstreamManager(gateway, { checkAPI: false }).then((jsm) => jsm.streams.delete("sap")),
  ).rejects.toThrow(/permission/i);
  await expect(gateway.request("$SYS.REQ.SERVER.PING", "", { timeout: 1000 })).rejects.toThrow(/permission/i);
  for (const subject of ["_INBOX.controllers.>", "$SYS.>", ">", "kyma.>"]) {
    const refused = new Promise((resolve) =>
      gateway.subscribe(subject, { callback: (error) => resolve(error) }),
    );
    expect(String(await refused), subject).toMatch(/permission/i);
  }
});

test("A40: who asks for the server's health can ask for nothing else, and does not see events", async () => {
  const health = await connection("health");
  for (const subject of ["$SYS.REQ.SERVER.PING", "$SYS.REQ.SERVER.PING.CONNZ", "$JS.API.INFO", "kyma.a.b"])
    await expect(health.request(subject, "", { timeout: 1000 }), subject).rejects.toThrow(/permission/i);
  for (const subject of ["$SYS.>", "kyma.>", "_INBOX.controllers.>"]) {
    const refused = new Promise((resolve) =>
      health.subscribe(subject, { callback: (error) => resolve(error) }),
    );
    expect(String(await refused), subject).toMatch(/permission/i);
  }
});

test("the controllers make the stream, the gateway's events are acknowledged, a second one of the same id is not kept", async () => {
  const controllers = await connection("controllers");
  const manager = await jetstreamManager(controllers);
  await manager.streams.add(eventStreamConfig(defaultStreamLimits));
  await manager.consumers.add("sap", { durable_name: "all", ack_policy: "explicit" });
  const gateway = jetstream(await connection("event-gateway"));
  const first = await gateway.publish("kyma.shop.order.created.v1", "{}", { msgID: "1" });
  const second = await gateway.publish("kyma.shop.order.created.v1", "{}", { msgID: "1" });
  expect([first.seq, first.duplicate, second.duplicate]).toEqual([1, false, true]);
  expect((await manager.streams.info("sap")).state.messages).toBe(1);
  const { config } = await manager.streams.info("sap");
  expect(config).toMatchObject({ retention: "interest", discard: "new", max_bytes: 700 * 1024 * 1024 });
});

test("a first connection is tried until it comes about, and says meanwhile why it does not", async () => {
  const wrong: NatsAccess = { ...nats.access("controllers"), password: "x" };
  const given = new AbortController();
  const reasons: unknown[] = [];
  const waiting = connectNats(wrong, "test", {
    signal: given.signal,
    onFailure: (reason) => {
      reasons.push(reason);
      if (reasons.length === 2) given.abort();
    },
  });
  await expect(waiting).rejects.toThrow(/abort/i);
  expect(String(reasons[1])).toMatch(/authorization/i);
});
