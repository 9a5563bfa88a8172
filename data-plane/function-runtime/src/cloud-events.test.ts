import http from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { mainWith, startFunction, type FunctionProcess } from "./testing/function-process.ts";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let fn: FunctionProcess;
const call = (path: string, init?: RequestInit) => fetch(fn.url + path, init);
const post = (path: string, body: BodyInit, type?: string, headers: Record<string, string> = {}) =>
  call(path, {
    method: "POST",
    body,
    headers: { ...(type === undefined ? {} : { "content-type": type }), ...headers },
  });

beforeAll(async () => {
  fn = await startFunction(mainWith("return Object.fromEntries(Object.entries(event));"), {
    env: { REQ_MB_LIMIT: "0.1" },
  });
});
afterAll(() => fn.stop());

describe("events", () => {
  const attributes = {
    type: "order.created.v1",
    source: "shop",
    specversion: "1.0",
    id: "a1",
    time: "2026-01-01T00:00:00Z",
  };
  const expected = {
    "ce-type": "order.created.v1",
    "ce-source": "shop",
    "ce-specversion": "1.0",
    "ce-id": "a1",
    "ce-time": "2026-01-01T00:00:00Z",
    "ce-datacontenttype": "application/json",
    "ce-eventtypeversion": "v1",
    data: { order: 7 },
  };

  it("reads CloudEvents in binary mode", async () => {
    const headers = Object.fromEntries(
      Object.entries({ ...attributes, eventtypeversion: "v1" }).map(([name, value]) => [`ce-${name}`, value]),
    );
    expect(await (await post("/keys", '{"order":7}', "application/json", headers)).json()).toEqual(expected);
  });

  it("reads CloudEvents in structured mode", async () => {
    const event = {
      ...attributes,
      eventtypeversion: "v1",
      datacontenttype: "application/json",
      data: { order: 7 },
    };
    const type = "application/cloudevents+json; charset=utf-8";
    expect(await (await post("/keys", JSON.stringify(event), type)).json()).toEqual(expected);
  });

  it("decodes base64 data of a structured event", async () => {
    const event = JSON.stringify({ ...attributes, data_base64: Buffer.from("hi").toString("base64") });
    const { data } = (await (await post("/keys", event, "application/cloudevents+json")).json()) as {
      data: unknown;
    };
    expect(data).toEqual({ type: "Buffer", data: [104, 105] });
  });

  it("publishes events in structured mode", async () => {
    const received: { body: string; headers: http.IncomingHttpHeaders }[] = [];
    const publisher = http.createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => (body += String(chunk)));
      request.on("end", () => {
        received.push({ body, headers: request.headers });
        response.writeHead(204).end();
      });
    });
    await once(publisher.listen(0, "127.0.33.2"), "listening");
    const { port } = publisher.address() as AddressInfo;
    const emitter = await startFunction(
      mainWith(`
        const sent = await event.emitCloudEvent("a.b.v1", "me", { x: 1 }, { eventtypeversion: "v1" });
        await event.publishCloudEvent(event.buildResponseCloudEvent("id1", "c.d.v1", "text"));
        return { status: sent.status };`),
      { env: { PUBLISHER_PROXY_ADDRESS: `http://127.0.33.2:${port}/publish` } },
    );
    try {
      const trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
      const answer = await fetch(emitter.url, {
        headers: { "ce-type": "t", "ce-source": "origin", traceparent: trace },
      });
      expect(await answer.json()).toEqual({ status: 204 });
      expect(received[0]?.headers).toMatchObject({
        "content-type": "application/cloudevents+json",
        traceparent: trace,
      });
      expect(JSON.parse(received[0]?.body ?? "")).toMatchObject({
        specversion: "1.0",
        type: "a.b.v1",
        source: "me",
        eventtypeversion: "v1",
        datacontenttype: "application/json",
        data: { x: 1 },
        id: expect.stringMatching(/^[\da-f-]{36}$/),
      });
      expect(JSON.parse(received[1]?.body ?? "")).toMatchObject({
        id: "id1",
        type: "c.d.v1",
        datacontenttype: "text/plain",
      });
    } finally {
      await emitter.stop();
      publisher.close();
    }
  });
});
