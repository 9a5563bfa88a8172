import { once } from "node:events";
import http from "node:http";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startFunction, type FunctionProcess } from "./testing/function-process.ts";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const source = `
const { Readable } = require("node:stream");
const acts = {
  read: (req) => ({ q: req.query, path: req.path, original: req.originalUrl, ua: req.get("X-Test"), body: req.body, host: req.hostname,
    json: req.accepts("html", "json"), is: req.is("json") || null, protocol: req.protocol, params: Object.keys(req.params) }),
  send: (req, res) => void res.status(202).type("txt").send("sent"),
  json: (req, res) => void res.json({ a: 1 }),
  redirect: (req, res) => void res.redirect("/elsewhere"),
  cookie: (req, res) => { res.cookie("a", "b", { httpOnly: true }); res.set("X-A", "1"); return "kept"; },
  own: (req, res) => { res.set("Access-Control-Allow-Origin", "https://a.example"); return "own"; },
  next: (req) => req.next(new Error("secret")),
  stream: (req, res) => void Readable.from(["a", "b", "c"]).pipe(res),
  pieces: async (req, res) => { for (const piece of ["1", "2"]) { res.write(piece); await new Promise((r) => setTimeout(r, 10)); } },
  half: (req, res) => { res.write("half"); throw new Error("too late"); },
  afterEnd: (req, res) => { res.send("done"); setTimeout(() => res.write("more"), 5); return "ignored"; },
  crlf: (req, res) => { res.set("X-A", "a\\r\\nb: c"); },
  flood: (req, res) => { const piece = Buffer.alloc(1024 * 1024); const timer = setInterval(() => { if (res.destroyed) clearInterval(timer); else for (let i = 0; i < 8; i++) res.write(piece); }, 1); return new Promise(() => {}); },
  endless: (req, res) => { const timer = setInterval(() => { res.write("x"); if (res.destroyed) clearInterval(timer); }, 10); return new Promise(() => {}); },
};
module.exports.main = (event) => {
  const { request, response } = event.extensions;
  if (event.extensions !== event.extensions || event.extensions.request !== request) throw "another object each time";
  return acts[request.path.slice(1)](request, response);
};
`;

let fn: FunctionProcess;
const call = (path: string, init?: RequestInit) => fetch(fn.url + path, { redirect: "manual", ...init });

beforeAll(async () => {
  fn = await startFunction(source, { env: { FUNC_TIMEOUT: "2" } });
});
afterAll(() => fn.stop());

describe("event.extensions", () => {
  it("reads as an Express request", async () => {
    const answer = await call("/read?a[b]=1&c=2", {
      method: "PUT",
      headers: { "x-test": "yes", "content-type": "application/json", accept: "application/json" },
      body: '{"x":1}',
    });
    expect(await answer.json()).toEqual({
      q: { "a[b]": "1", c: "2" },
      path: "/read",
      original: "/read?a[b]=1&c=2",
      ua: "yes",
      body: { x: 1 },
      host: "127.0.33.1",
      json: "json",
      is: "json",
      protocol: "http",
      params: ["path"],
    });
  });

  it.each([
    ["send", 202, "sent", "text/plain; charset=utf-8"],
    ["json", 200, '{"a":1}', "application/json; charset=utf-8"],
    ["stream", 200, "abc", null],
    ["pieces", 200, "12", null],
    ["afterEnd", 200, "done", "text/html; charset=utf-8"],
  ])("answers with response.%s", async (path, status, body, type) => {
    const answer = await call(`/${path}`);
    expect([answer.status, await answer.text(), answer.headers.get("content-type")]).toEqual([
      status,
      body,
      type,
    ]);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("x-powered-by")).toBeNull();
  });

  it("redirects, sets cookies and headers", async () => {
    const redirect = await call("/redirect");
    expect([redirect.status, redirect.headers.get("location")]).toEqual([302, "/elsewhere"]);
    const cookie = await call("/cookie");
    expect([await cookie.text(), cookie.headers.get("set-cookie"), cookie.headers.get("x-a")]).toEqual([
      "kept",
      "a=b; Path=/; HttpOnly",
      "1",
    ]);
  });

  it("lets the Function choose the allowed origin", async () => {
    expect((await call("/own")).headers.get("access-control-allow-origin")).toBe("https://a.example");
  });

  it.each(["next", "crlf"])("answers 500 for %s", async (path) => {
    const answer = await call(`/${path}`);
    expect([answer.status, await answer.text()]).toEqual([500, "Internal server error"]);
  });

  it.each(["half", "endless"])(
    "cuts the connection when an answer that has begun cannot be completed: %s",
    async (path) => {
      await expect(call(`/${path}`).then((answer) => answer.text())).rejects.toThrow(
        /terminated|fetch failed/,
      );
      expect((await call("/send")).status).toBe(202);
    },
  );

  it("cuts off a Function that floods a client which does not read", async () => {
    const request = http.get(`${fn.url}/flood`);
    const [answer] = (await once(request, "response")) as [http.IncomingMessage];
    answer.pause();
    await fn.waitForOutput(/GET \/flood .*More than 64 MB of the answer wait for the client/);
    expect((await call("/send")).status).toBe(202);
    request.destroy();
  });
});
