import net from "node:net";
import { once } from "node:events";
import { describe, expect, it, vi } from "vitest";
import {
  mainWith,
  nodesOfThisMachine,
  startFunction,
  type FunctionProcess,
} from "./testing/function-process.ts";

const env = { FUNC_TIMEOUT: "1" };
const loopOrAnswer = mainWith('if (event.extensions.request.path === "/loop") for (;;); return "alive";');

vi.setConfig({ testTimeout: 30_000 });

const setups = [
  { name: "this Node", node: process.execPath, isConfined: false },
  ...nodesOfThisMachine().map((node) => ({
    name: `${node}, under the permission model`,
    node,
    isConfined: true,
  })),
];

/** Sends the head of a request by hand and collects what comes back until the connection ends. */
async function callRaw(fn: FunctionProcess, path: string): Promise<string> {
  const { port, hostname } = new URL(fn.url);
  const socket = net.connect(Number(port), hostname);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: f\r\n\r\n`);
  let text = "";
  socket.setEncoding("utf8").on("data", (part: string) => (text += part));
  socket.on("error", () => {});
  await once(socket, "close");
  return text;
}

describe.each(setups)("a blocked event loop on $name", ({ node, isConfined }) => {
  it("is answered 408, named and ended", async () => {
    const fn = await startFunction(loopOrAnswer, { node, isConfined, env });
    const answer = await fetch(`${fn.url}/loop?password=hidden`);
    expect([answer.status, await answer.text()]).toEqual([
      408,
      "The Function did not answer within 1 seconds.",
    ]);
    expect(await fn.ended).toEqual({ code: null, signal: "SIGALRM" });
    expect(fn.terminationMessage).toMatch(
      /^The call GET \/loop \(request [\da-f-]{36}\) has blocked the event loop for 1 s/,
    );
    expect(fn.output).toContain(fn.terminationMessage);
    expect(fn.output).not.toContain("hidden");
  });

  it("answers 503 to calls that it kept from being read", async () => {
    const fn = await startFunction(loopOrAnswer, { node, isConfined, env });
    const { port, hostname } = new URL(fn.url);
    const waiting = net.connect(Number(port), hostname);
    await once(waiting, "connect");
    waiting.write("GET /early HTTP/1.1\r\nHost: f\r\n\r\n");
    await once(waiting, "data");
    const stuck = callRaw(fn, "/loop");
    await new Promise((resolve) => setTimeout(resolve, 300));
    waiting.on("error", () => {});
    waiting.write("GET /waits HTTP/1.1\r\nHost: f\r\n\r\n");
    const [late] = (await once(waiting, "data")) as [Buffer];
    expect(late.toString()).toMatch(
      /^HTTP\/1\.1 503 Service Unavailable\r\n[^]*Retry-After: 1\r\n[^]*another call blocked it\.$/,
    );
    expect(await stuck).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    await fn.ended;
  });

  it("is noticed after an await, too", async () => {
    const source = mainWith("await new Promise((resolve) => setTimeout(resolve, 50)); for (;;);");
    const fn = await startFunction(source, { node, isConfined, env });
    expect((await fetch(fn.url)).status).toBe(408);
    expect(await fn.ended).toEqual({ code: null, signal: "SIGALRM" });
    expect(fn.terminationMessage).toContain("has blocked the event loop");
  });

  it("adds nothing to an answer that has begun", async () => {
    const source = mainWith('event.extensions.response.write("begun"); for (;;);');
    const fn = await startFunction(source, { node, isConfined, env });
    const answer = await callRaw(fn, "/");
    expect(answer).not.toContain("408");
    expect((await fn.ended).signal).toBe("SIGALRM");
  });

  it("leaves a busy event loop alone that still turns", async () => {
    const source = mainWith(
      `const end = Date.now() + 100; while (Date.now() < end); if (event.extensions.request.path === "/slow") await new Promise(() => {}); return "ok";`,
    );
    const fn = await startFunction(source, { node, isConfined, env });
    const slow = fetch(`${fn.url}/slow`);
    for (let calls = 0; calls < 15; calls++) expect((await fetch(fn.url)).status).toBe(200);
    expect((await slow).status).toBe(408);
    expect((await fetch(fn.url)).status).toBe(200);
    await fn.stop();
  });
});

describe("a call that waits too long", () => {
  it("is answered 408 while the Function goes on", async () => {
    const fn = await startFunction(
      mainWith('if (event.extensions.request.path === "/wait") await new Promise(() => {}); return "ok";'),
      { env },
    );
    const answers = await Promise.all([fetch(`${fn.url}/wait`), fetch(`${fn.url}/wait`), fetch(fn.url)]);
    expect(answers.map((answer) => answer.status)).toEqual([408, 408, 200]);
    expect(await answers[0].text()).toBe("The Function did not answer within 1 seconds.");
    expect(fn.output).toMatch(/GET \/wait \(request [\da-f-]{36}\) took longer than 1 s \(FUNC_TIMEOUT\)/);
    expect((await fetch(fn.url)).status).toBe(200);
    await fn.stop();
  });
});

describe.each(setups.filter((setup) => setup.isConfined))("the permission model on $name", ({ node }) => {
  it("keeps the Function from files, processes and threads", async () => {
    const attempts = `
      const attempt = (act) => { try { act(); return "allowed"; } catch (error) { return error.code ?? error.message; } };
      const fs = require("node:fs"), path = require("node:path"), threads = require("node:worker_threads");
      const free = { eval: true, execArgv: [] };
      const Imported = (await import("node:worker_threads")).Worker;
      const handles = process._getActiveHandles().map((handle) => handle.constructor.name);
      return {
        etc: attempt(() => fs.readFileSync("/etc/passwd")),
        write: attempt(() => fs.writeFileSync("/etc/kyma-test", "")),
        own: attempt(() => fs.readFileSync(__filename)),
        process: attempt(() => require("node:child_process").spawnSync("/bin/true")),
        thread: attempt(() => new threads.Worker("0", free)),
        imported: attempt(() => new Imported("0", free)),
        prototype: attempt(() => new threads.Worker.prototype.constructor("0", free)),
        builtin: attempt(() => new (process.getBuiltinModule("worker_threads").Worker)("0", free)),
        hooks: attempt(() => require("node:module").register("data:text/javascript,")),
        inspector: attempt(() => new (require("node:inspector").Session)().connect()),
        binding: attempt(() => process.binding("worker")),
        workers: handles.filter((name) => name === "Worker"),
      };`;
    const fn = await startFunction(mainWith(attempts), { node, isConfined: true });
    const denied = "ERR_ACCESS_DENIED";
    expect(await (await fetch(fn.url)).json()).toEqual({
      etc: denied,
      write: denied,
      own: "allowed",
      process: denied,
      thread: denied,
      imported: denied,
      prototype: denied,
      builtin: denied,
      hooks: denied,
      inspector: denied,
      binding: expect.not.stringMatching("allowed"),
      workers: [],
    });
    await fn.stop();
  });
});
