import http from "node:http";
import { describe, expect, it, vi } from "vitest";
import {
  FunctionProcess,
  mainWith,
  startFunction,
  type FunctionOptions,
} from "./testing/function-process.ts";

vi.setConfig({ testTimeout: 30_000 });

/** Runs a Function that cannot start and gives the sentence that it leaves. */
async function sentenceOf(source: string, options: FunctionOptions = {}): Promise<string> {
  const fn = new FunctionProcess(source, options);
  expect((await fn.ended).code).toBe(1);
  expect(fn.output).toContain(fn.terminationMessage);
  return fn.terminationMessage;
}

describe("handler modules", () => {
  const esModule = '{ "type": "module", "dependencies": { "left": "1" } }';
  const left = {
    "node_modules/left/package.json": '{ "name": "left", "version": "1.0.0" }',
    "node_modules/left/index.js": 'module.exports = { name: "left" };',
  };

  it.each([
    ["module.exports", 'const left = require("left"); module.exports = { main: () => left.name };', {}],
    ["exports.main", 'const left = require("left"); exports.main = async () => left.name;', {}],
    [
      "computed exports",
      'const left = require("left"); const name = "main"; module.exports = { [name]: () => left.name };',
      {},
    ],
    ["export const", 'import left from "left"; export const main = () => left.name;', {}],
    [
      "export function",
      'import left from "left"; await Promise.resolve(); export function main() { return left.name; }',
      {},
    ],
    [
      "type: module",
      'import left from "left"; const main = () => left.name; export { main };',
      { FUNC_HANDLER_DEPENDENCIES: esModule },
    ],
  ])("may be written with %s", async (_, source, env) => {
    const fn = await startFunction(source, { files: left, env, isConfined: true });
    expect(await (await fetch(fn.url)).text()).toBe("left");
    await fn.stop();
  });

  it("may come with the image instead of the environment", async () => {
    const files = { "handler.js": 'exports.main = () => "from a file";', "package.json": "{}" };
    const fn = await new FunctionProcess(undefined, { files }).ready();
    expect(await (await fetch(fn.url)).text()).toBe("from a file");
    await fn.stop();
  });

  it.each([
    [
      "a syntax error",
      "module.exports = {\n  main: function () {\n    return 1 +;\n",
      /syntax error in handler\.js, line 3: Unexpected token ';'\.$/,
    ],
    [
      "no main",
      "module.exports = { run() {}, mian() {} };",
      /exports no function named "main" \(it exports run, mian\)/,
    ],
    [
      "a main that is no function",
      'exports.main = "text";',
      /exports "main" as string: it must be a function\.$/,
    ],
    [
      "a throw while loading",
      'exports.main = 1;\nthrow new Error("no database");',
      /threw while it was loaded, in handler\.js, line 2: Error: no database\.$/,
    ],
    [
      "a missing package",
      'require("lodahs"); exports.main = () => 1;',
      /loads the package "lodahs", which is not installed: add it/,
    ],
    [
      "a missing import",
      'import x from "lodahs"; export const main = x;',
      /loads the package "lodahs", which is not installed: add it/,
    ],
    [
      "a missing file",
      'require("./helper.js"); exports.main = () => 1;',
      /loads the file "helper\.js", which does not exist\.$/,
    ],
    [
      "require in an ES module",
      'const fs = require("fs"); export const main = () => fs;',
      /line 1 uses require in an ES module: use import/,
    ],
  ])("end with one sentence for %s", async (_, source, sentence) => {
    expect(await sentenceOf(source)).toMatch(sentence);
  });

  it.each([
    ["FUNC_TIMEOUT", "soon"],
    ["REQ_MB_LIMIT", "-1"],
    ["HANDLER_PATH", "../../etc/passwd"],
    ["HANDLER_PATH", "/etc/passwd"],
  ])("refuse %s=%s", async (name, value) => {
    const sentence = await sentenceOf(mainWith(""), { env: { [name]: value } });
    expect(sentence).toContain(`The environment variable ${name} is "${value}": it must`);
  });

  it("refuses unknown arguments", async () => {
    expect(await sentenceOf("", { args: ["serve"] })).toBe(
      'Unknown arguments "serve": give none to serve the Function, or "install".',
    );
  });
});

describe("a Function that fails outside of a call", () => {
  it.each([
    ["throws", 'setTimeout(() => { throw new Error("lost connection"); }, 10);', "threw outside of a call"],
    [
      "rejects",
      'setTimeout(() => Promise.reject(new Error("lost connection")), 10);',
      "left a promise's rejection unhandled",
    ],
  ])("ends when it %s, after a last answer to open calls", async (_, act, what) => {
    const fn = await startFunction(mainWith(`${act} return new Promise(() => {});`));
    const answer = await fetch(fn.url);
    expect([answer.status, await answer.text()]).toEqual([500, "Internal server error"]);
    expect((await fn.ended).code).toBe(1);
    expect(fn.terminationMessage).toBe(`The Function ${what} and restarts: Error: lost connection.`);
    expect(fn.output).toMatch(/at .*handler\.js/);
  });

  it("answers open calls when it ends its own process", async () => {
    const fn = await startFunction(
      mainWith("setTimeout(() => process.exit(3), 10); return new Promise(() => {});"),
    );
    expect((await fetch(fn.url)).status).toBe(500);
    expect((await fn.ended).code).toBe(3);
  });
});

describe("SIGTERM", () => {
  it("fails readiness at once, takes calls for two seconds, completes them and ends with 0", async () => {
    const source = mainWith(
      'const { path } = event.extensions.request; if (path === "/slow") await new Promise((r) => setTimeout(r, 3500)); return path;',
    );
    const fn = await startFunction(source);
    const agent = new http.Agent({ keepAlive: true });
    const slow = get(`${fn.url}/slow`, agent);
    await get(`${fn.url}/idle`, agent);
    const startedAt = performance.now();
    fn.process.kill("SIGTERM");
    await vi.waitFor(async () => expect((await get(`${fn.url}/healthz`)).status).toBe(503));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await get(`${fn.url}/late`)).toEqual({ status: 200, text: "/late", connection: "close" });
    expect((await slow).text).toBe("/slow");
    expect(await fn.ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - startedAt).toBeGreaterThan(2000);
    agent.destroy();
  });
});

function get(
  url: string,
  agent?: http.Agent,
): Promise<{ status?: number; text: string; connection?: string }> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, agent === undefined ? {} : { agent }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      const { statusCode, headers } = response;
      response.on("end", () => resolve({ status: statusCode!, text, connection: headers.connection! }));
    });
    request.on("error", reject);
  });
}
