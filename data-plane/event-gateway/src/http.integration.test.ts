import { testClient } from "@kyma/local-cluster/testing/client.ts";
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { RawClient, rawPublish } from "./testing/raw-client.ts";
import { type GatewayScene, sampleEvent, startScene } from "./testing/scene.ts";

const client = testClient(inject("kubeconfig"));
let scene: GatewayScene;
beforeAll(async () => {
  scene = await startScene(client, { config: { requestTimeoutMs: 1000, bodyLimit: 10_000 } });
});
afterAll(async () => {
  await scene.stop();
  client.connection.close();
});

const open = (): Promise<RawClient> => RawClient.open(scene.port);
const event = (id: string, data = ""): string => JSON.stringify(sampleEvent(id, { data }));
const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
const chunked = `POST /publish HTTP/1.1\r\nHost: x\r\nContent-Type: application/cloudevents+json\r\nTransfer-Encoding: chunked\r\n\r\n`;
const expectStatuses = (raw: RawClient, expected: number[]): Promise<unknown> =>
  vi.waitFor(() => expect(raw.statuses).toEqual(expected), 10_000);

describe("one connection", () => {
  test("takes one event after another, and several at once in their order", async () => {
    const raw = await open();
    raw.write(rawPublish(event("keep-1")));
    await expectStatuses(raw, [204]);
    raw.write(rawPublish(event("keep-2")) + rawPublish("{}") + rawPublish(event("keep-3")));
    await expectStatuses(raw, [204, 204, 400, 204]);
    raw.socket.destroy();
  });

  test("takes a body in pieces, cut within a character", async () => {
    const raw = await open();
    const bytes = Buffer.from(event("pieces", "grün")).toString("latin1");
    const middle = bytes.indexOf("Ã") + 1;
    raw.write(chunked + chunk(bytes.slice(0, middle)));
    await new Promise((resolve) => setImmediate(resolve));
    raw.write(`${chunk(bytes.slice(middle))}0\r\n\r\n`);
    await expectStatuses(raw, [204]);
    expect((await scene.stored()).find((one) => one.event["id"] === "pieces")?.event["data"]).toBe("grün");
    raw.socket.destroy();
  });

  test("is told 100 before it sends what is welcome, and 413 before what is not", async () => {
    const raw = await open();
    const body = event("expected");
    raw.write(rawPublish("", { length: body.length, more: "Expect: 100-continue\r\n" }));
    await expectStatuses(raw, [100]);
    raw.write(body);
    await expectStatuses(raw, [100, 204]);
    raw.write(rawPublish("", { length: 20_000, more: "Expect: 100-continue\r\n" }));
    await expectStatuses(raw, [100, 204, 413]);
    await raw.ended;
  });
});

describe("a body over the limit is 413", () => {
  test("by what it says of itself, before it is sent, and the connection ends when it goes on", async () => {
    const raw = await open();
    raw.write(rawPublish("x", { length: 2 * 2 ** 20 }));
    await expectStatuses(raw, [413]);
    expect(raw.received).toContain("the body is larger than 10000 bytes");
    await raw.ended;
  });

  test("while it streams in", async () => {
    const raw = await open();
    raw.write(chunked);
    for (let sent = 0; sent <= 10_000; sent += 1000) raw.write(chunk("x".repeat(1000)));
    await expectStatuses(raw, [413]);
    await raw.ended;
  });

  test("whole, and the connection can be used again", async () => {
    const raw = await open();
    raw.write(rawPublish("x".repeat(10_001)) + rawPublish(event("after-413")));
    await expectStatuses(raw, [413, 204]);
    raw.socket.destroy();
  });

  test("of 2 MB for an ordinary client", async () => {
    const headers = { "content-type": "application/cloudevents+json" };
    expect(await scene.send({ headers, body: "x".repeat(2 * 2 ** 20) })).toMatchObject({ status: 413 });
  });
});

describe("who sends slowly or badly", () => {
  test("has its connection ended in time, and delays nobody", async () => {
    const slow = await Promise.all(Array.from({ length: 50 }, open));
    for (const [index, raw] of slow.entries())
      raw.write(
        index % 2 === 0 ? rawPublish("{", { length: 1000 }) : "POST /publish HTTP/1.1\r\nHost: x\r\nA",
      );
    expect((await scene.publish(sampleEvent("not-delayed"))).status).toBe(204);
    await Promise.all(slow.map(({ ended }) => ended));
    expect(new Set(slow.flatMap((raw) => raw.statuses))).toEqual(new Set([408]));
  });

  test("and goes away in the middle of a body harms nothing", async () => {
    for (let round = 0; round < 20; round++) {
      const raw = await open();
      raw.write(rawPublish("{", { length: 9000 }));
      await new Promise((resolve) => setImmediate(resolve));
      raw.socket.destroy();
    }
    expect((await scene.publish(sampleEvent("after-aborts"))).status).toBe(204);
  });

  test.each([
    [
      "two lengths",
      "POST /publish HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    ],
    [
      "a length and chunks",
      "POST /publish HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    ["a bare line end in a header", "POST /publish HTTP/1.1\r\nHost: x\r\nce-id: a\rb\r\n\r\n"],
    ["no HTTP", "\u0016\u0003\u0001\r\n\r\n"],
  ])("with %s is 400 at once", async (_, text) => {
    const raw = await open();
    raw.write(text);
    await expectStatuses(raw, [400]);
    await raw.ended;
  });

  test("with headers of 20 KB is 431", async () => {
    const raw = await open();
    raw.write(`POST /publish HTTP/1.1\r\nHost: x\r\nce-subject: ${"x".repeat(20_000)}\r\n\r\n`);
    await expectStatuses(raw, [431]);
    await raw.ended;
  });
});
