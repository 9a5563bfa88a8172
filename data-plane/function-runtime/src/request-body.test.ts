import http from "node:http";
import net from "node:net";
import { once } from "node:events";
import { gzipSync } from "node:zlib";
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
  fn = await startFunction(
    mainWith(
      'return { data: event.data, type: typeof event.data, isBuffer: Buffer.isBuffer(event.data), has: "data" in event };',
    ),
    { env: { REQ_MB_LIMIT: "0.1" } },
  );
});
afterAll(() => fn.stop());

describe("request bodies", () => {
  const seen = async (answer: Response | Promise<Response>) =>
    (await (await answer).json()) as Record<string, unknown>;

  it("gives none for a request without a body", async () => {
    expect(await seen(call("/echo"))).toMatchObject({ has: false, type: "undefined" });
    expect(await seen(post("/echo", "", "application/json"))).toMatchObject({ has: false });
  });

  it.each(['{"a":{"b":[1]}}', "7", '"text"', "null", "\ufeff[]"])("parses JSON %s", async (json) => {
    const { data } = await seen(post("/echo", json, "application/json; charset=UTF-8"));
    expect(data).toEqual(JSON.parse(json.replace("\ufeff", "")));
  });

  it("parses JSON that comes compressed or in another encoding", async () => {
    const gzipped = post("/echo", gzipSync('{"zip":1}'), "application/json", { "content-encoding": "gzip" });
    expect((await seen(gzipped))["data"]).toEqual({ zip: 1 });
    const utf16 = post("/echo", Buffer.from('{"wide":"ü"}', "utf16le"), "application/json; charset=utf-16le");
    expect((await seen(utf16))["data"]).toEqual({ wide: "ü" });
  });

  it("gives text as a string, forms as an object and the rest as a Buffer", async () => {
    expect(await seen(post("/echo", "grüße", "text/markdown"))).toMatchObject({
      data: "grüße",
      type: "string",
    });
    const form = post("/echo", "a[b]=1&c=2&c=3", "application/x-www-form-urlencoded");
    expect((await seen(form))["data"]).toEqual({ a: { b: "1" }, c: ["2", "3"] });
    expect(await seen(post("/echo", Buffer.from([0, 255]), "image/png"))).toMatchObject({ isBuffer: true });
    expect(await seen(post("/echo", Buffer.from("x")))).toMatchObject({ isBuffer: true });
  });

  it("keeps multipart bodies out of the data", async () => {
    const form = new FormData();
    form.set("a", "1");
    expect(await seen(post("/echo", form))).toMatchObject({ has: false });
  });

  it("does not let a JSON body reach a prototype", async () => {
    await post(
      "/echo",
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
      "application/json",
    );
    expect(await seen(post("/echo", "{}", "application/json"))).toMatchObject({ data: {} });
  });

  it("refuses invalid JSON", async () => {
    const answer = await post("/echo", "{oops", "application/json");
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringMatching(/^The request's body is not valid JSON/),
    ]);
  });

  it.each([
    "application/json",
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/octet-stream",
  ])("refuses %s over the limit with 413", async (type) => {
    const answer = await post("/echo", Buffer.alloc(3 * 1024 * 1024, 65), type);
    expect(answer.status).toBe(413);
    expect(await answer.text()).toBe(
      "The request's body is larger than 0.1 MB, which is this Function's limit (REQ_MB_LIMIT).",
    );
  });

  it.each(["application/json", "image/png"])(
    "refuses %s that turns out too large while it comes in",
    async (type) => {
      const request = http.request(`${fn.url}/echo`, { method: "POST", headers: { "content-type": type } });
      request.write(Buffer.alloc(300_000, 65));
      request.end(Buffer.alloc(300_000, 65));
      const [answer] = (await once(request, "response")) as [http.IncomingMessage];
      expect(answer.statusCode).toBe(413);
      answer.resume();
    },
  );

  it("refuses a compressed body that unfolds beyond the limit", async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000, 65));
    const answer = await post("/echo", bomb, "text/plain", { "content-encoding": "gzip" });
    expect(answer.status).toBe(413);
  });

  it("refuses an announced length without asking for the body", async () => {
    const socket = net.connect(Number(new URL(fn.url).port), new URL(fn.url).hostname);
    socket.write("POST /echo HTTP/1.1\r\nHost: f\r\nContent-Length: 9999999\r\nExpect: 100-continue\r\n\r\n");
    const [head] = (await once(socket, "data")) as [Buffer];
    expect(head.toString()).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });

  it("survives clients that go away in the middle of a body", async () => {
    const socket = net.connect(Number(new URL(fn.url).port), new URL(fn.url).hostname);
    socket.write(
      "POST /echo HTTP/1.1\r\nHost: f\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nabc",
    );
    await once(socket, "connect");
    socket.destroy();
    expect((await call("/echo")).status).toBe(200);
  });
});
