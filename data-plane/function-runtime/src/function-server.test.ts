import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startFunction, type FunctionProcess } from "./testing/function-process.ts";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

/** One Function for all: the first segment of the path says what it does. */
const source = `
const acts = {
  echo: (event, context) => ({ context }),
  text: () => "plain <b>text</b>",
  empty: () => undefined,
  zero: () => 0,
  number: () => 42,
  boolean: () => true,
  bytes: () => Buffer.from([1, 2, 255]),
  array: () => [1, 2],
  circular: () => { const a = {}; a.a = a; return a; },
  later: async () => { await new Promise((resolve) => setTimeout(resolve, 20)); return { late: true }; },
  throwString: () => { throw "out of stock"; },
  throwError: () => { throw new Error("secret detail"); },
  rejectString: () => Promise.reject("sold out"),
  rejectError: async () => { throw new TypeError("secret detail"); },
  header: (event) => { event.setResponseHeader("X-Colour", "blue"); event.setResponseContentType("text/x-test"); return "x"; },
  status: (event) => { const { setResponseStatus } = event; setResponseStatus(418); return { teapot: true }; },
  badHeader: (event) => { event.setResponseHeader("X-Bad", "a\\r\\nSet-Cookie: b=c"); return "x"; },
  badStatus: (event) => { event.setResponseStatus(99999); return "x"; },
  callback: (event, context, callback) => callback("made", 201, { "x-made": "yes" }),
  callbackLater: (event, context, callback) => new Promise(() => setTimeout(() => callback({ ok: 1 }, 202), 10)),
  callbackStatus: (event, context, callback) => callback(undefined, 404),
  log: () => { console.log("line of the Function"); return "ok"; },
};
exports.main = (event, context, callback) => acts[event.extensions.request.path.split("/")[1]](event, context, callback);
`;

let fn: FunctionProcess;
const call = (path: string, init?: RequestInit) => fetch(fn.url + path, init);

beforeAll(async () => {
  fn = await startFunction(source, { env: { REQ_MB_LIMIT: "0.1", FUNC_TIMEOUT: "30" } });
});
afterAll(() => fn.stop());

describe("the server's own paths", () => {
  it("answers the health probe", async () => {
    const answer = await call("/healthz");
    expect([answer.status, await answer.text()]).toEqual([200, "OK"]);
  });

  it("has no favicon", async () => {
    expect((await call("/favicon.ico")).status).toBe(204);
  });

  it("counts calls, failures and durations", async () => {
    const before = await scrape();
    await call("/text");
    await call("/throwError");
    const after = await scrape();
    expect(after("function_calls_total") - before("function_calls_total")).toBe(2);
    expect(after("function_failures_total") - before("function_failures_total")).toBe(1);
    expect(after("function_duration_miliseconds_count") - before("function_duration_miliseconds_count")).toBe(
      2,
    );
    expect(after("process_resident_memory_bytes")).toBeGreaterThan(0);
  });

  it("answers preflights without the Function", async () => {
    const headers = {
      "access-control-request-method": "PATCH",
      "access-control-request-headers": "x-a, x-b",
    };
    const answer = await call("/throwError", { method: "OPTIONS", headers });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-methods")).toBe("PATCH");
    expect(answer.headers.get("access-control-allow-headers")).toBe("x-a, x-b");
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  });

  it.each(["/healthz", "/metrics", "/text", "/echo", "/throwError"])(
    "lets pages of any origin read %s",
    async (path) => {
      expect((await call(path)).headers.get("access-control-allow-origin")).toBe("*");
    },
  );

  async function scrape(): Promise<(name: string) => number> {
    const text = await (await call("/metrics")).text();
    return (name) => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
  }
});

describe("results", () => {
  it.each([
    ["text", "plain <b>text</b>", null],
    ["array", "[1,2]", "application/json; charset=utf-8"],
    ["later", '{"late":true}', "application/json; charset=utf-8"],
    ["empty", "", null],
    ["zero", "", null],
  ])("sends %s", async (path, body, type) => {
    const answer = await call(`/${path}`);
    expect([answer.status, await answer.text(), answer.headers.get("content-type")]).toEqual([
      200,
      body,
      type,
    ]);
  });

  it("sends bytes as they are", async () => {
    expect([...new Uint8Array(await (await call("/bytes")).arrayBuffer())]).toEqual([1, 2, 255]);
  });

  it.each(["number", "boolean", "circular", "badHeader", "badStatus"])(
    "answers 500 for a %s",
    async (path) => {
      const answer = await call(`/${path}`);
      expect([answer.status, await answer.text()]).toEqual([500, "Internal server error"]);
      expect(answer.headers.get("set-cookie")).toBeNull();
    },
  );

  it("sends headers and status that the Function has set", async () => {
    const withHeader = await call("/header");
    expect([withHeader.headers.get("x-colour"), withHeader.headers.get("content-type")]).toEqual([
      "blue",
      "text/x-test",
    ]);
    const withStatus = await call("/status");
    expect([withStatus.status, await withStatus.json()]).toEqual([418, { teapot: true }]);
  });

  it("answers through the callback, at once and later", async () => {
    const made = await call("/callback");
    expect([made.status, made.headers.get("x-made"), await made.text()]).toEqual([201, "yes", "made"]);
    const later = await call("/callbackLater");
    expect([later.status, await later.json()]).toEqual([202, { ok: 1 }]);
    const bare = await call("/callbackStatus");
    expect([bare.status, await bare.text()]).toEqual([404, "Not Found"]);
  });

  it("answers HEAD without a body", async () => {
    const answer = await call("/text", { method: "HEAD" });
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
  });
});

describe("the context", () => {
  it("describes the Function in the context", async () => {
    const { context } = (await (await call("/echo")).json()) as { context: unknown };
    expect(context).toEqual({
      "function-name": "greeter",
      runtime: "nodejs24",
      namespace: "demo",
      timeout: 30,
      "body-size-limit": 0.1,
    });
  });
});

describe("failures of the Function", () => {
  it.each([
    ["throwString", "out of stock"],
    ["rejectString", "sold out"],
    ["throwError", "Internal server error"],
    ["rejectError", "Internal server error"],
  ])("answers 500 for %s, without the text of an Error", async (path, text) => {
    const answer = await call(`/${path}`);
    expect([answer.status, await answer.text()]).toEqual([500, text]);
    expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  });

  it("logs the stack under the request's id", async () => {
    const answer = await call("/throwError?token=hidden", { headers: { "x-request-id": "trace-7" } });
    expect(answer.headers.get("x-request-id")).toBe("trace-7");
    await fn.waitForOutput(
      /GET \/throwError \(request trace-7\) failed: Error: secret detail\n\s+at .*handler\.js/,
    );
    expect(fn.output).not.toContain("hidden");
  });

  it("leaves the Function's own log alone", async () => {
    await call("/log");
    await fn.waitForOutput(/^line of the Function$/m);
    expect(fn.output).toMatch(/^line of the Function$/m);
  });
});
