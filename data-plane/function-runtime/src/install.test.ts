import { execFileSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { FunctionProcess, nodesOfThisMachine } from "./testing/function-process.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A package registry on loopback with one package, `tiny` 1.2.3, whose install script would leave a file. */
let registry: http.Server;
let directory: string;
let requests = 0;

beforeAll(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "kyma-registry-"));
  const manifest = {
    name: "tiny",
    version: "1.2.3",
    main: "index.js",
    scripts: { install: "touch script-ran" },
  };
  fs.writeFileSync(path.join(directory, "package.json"), JSON.stringify(manifest));
  fs.writeFileSync(path.join(directory, "index.js"), "module.exports = 'tiny';");
  execFileSync("npm", ["pack", "--silent"], { cwd: directory });
  const tarball = fs.readFileSync(path.join(directory, "tiny-1.2.3.tgz"));
  registry = http.createServer((request, response) => {
    requests++;
    const base = `http://${request.headers.host}`;
    if (request.url === "/tiny.tgz") response.end(tarball);
    else if (request.url === "/tiny") {
      const version = { ...manifest, hasInstallScript: true, dist: { tarball: `${base}/tiny.tgz` } };
      response.end(
        JSON.stringify({ name: "tiny", "dist-tags": { latest: "1.2.3" }, versions: { "1.2.3": version } }),
      );
    } else response.writeHead(404).end('{"error":"Not found"}');
  });
  await once(registry.listen(0, "127.0.33.3"), "listening");
  fs.writeFileSync(
    path.join(directory, ".npmrc"),
    `registry=http://127.0.33.3:${(registry.address() as AddressInfo).port}/\n`,
  );
});

afterAll(() => {
  registry.close();
  fs.rmSync(directory, { recursive: true, force: true });
});

interface Installation {
  code: number | null;
  sentence: string;
  files: string[];
}

async function install(
  dependencies: unknown,
  env: Record<string, string> = {},
  node?: string,
): Promise<Installation> {
  const functionDir = fs.mkdtempSync(path.join(directory, "function-"));
  const installer = new FunctionProcess(undefined, {
    args: ["install"],
    ...(node === undefined ? {} : { node }),
    env: {
      FUNC_HANDLER_DEPENDENCIES:
        typeof dependencies === "string" ? dependencies : JSON.stringify(dependencies),
      FUNCTION_DIR: functionDir,
      NPM_CONFIG_USERCONFIG: path.join(directory, ".npmrc"),
      NPM_CONFIG_CACHE: path.join(directory, "cache"),
      ...env,
    },
  });
  const { code } = await installer.ended;
  const files = fs.readdirSync(functionDir, { recursive: true, encoding: "utf8" });
  return { code, sentence: installer.terminationMessage, files };
}

describe("install", () => {
  it.each(nodesOfThisMachine())(
    "installs from the configured registry without running scripts, on %s",
    async (node) => {
      const { code, files } = await install({ dependencies: { tiny: "^1.0.0" } }, {}, node);
      expect(code).toBe(0);
      expect(files).toContain("node_modules/tiny/index.js");
      expect(files).not.toContain("node_modules/tiny/script-ran");
    },
  );

  it("installs several Functions side by side", async () => {
    const results = await Promise.all([1, 2, 3].map(() => install({ dependencies: { tiny: "1.2.3" } })));
    expect(results.map((result) => result.code)).toEqual([0, 0, 0]);
  });

  it("reuses a finished installation of the same dependencies", async () => {
    const env = { DEPENDENCY_CACHE: path.join(directory, "finished") };
    await install({ dependencies: { tiny: "1" } }, env);
    const before = requests;
    const again = await install({ name: "other", dependencies: { tiny: "1" } }, env);
    expect([again.code, requests - before]).toEqual([0, 0]);
    expect(again.files).toContain("node_modules/tiny/index.js");
  });

  it("does nothing without dependencies", async () => {
    expect(await install("  ")).toMatchObject({ code: 0, sentence: "" });
    expect(await install({ name: "x", dependencies: {} })).toMatchObject({ code: 0, sentence: "" });
  });

  it.each([
    [
      { dependencies: { tiny: "1", "no-such-package": "1" } },
      'The dependency "no-such-package" does not exist in the package registry.',
    ],
    [
      { dependencies: { "@scope/none": "1" } },
      'The dependency "@scope/none" does not exist in the package registry.',
    ],
    [
      { dependencies: { tiny: "^9" } },
      'The dependency "tiny@^9" does not exist in the package registry: no version matches.',
    ],
  ])("names what does not exist in %j", async (dependencies, sentence) => {
    expect(await install(dependencies)).toMatchObject({ code: 1, sentence });
  });

  it("says when the registry cannot be reached", async () => {
    const { code, sentence } = await install(
      { dependencies: { tiny: "1" } },
      {
        npm_config_registry: "http://127.0.33.3:9/",
        npm_config_fetch_retries: "0",
        NPM_CONFIG_CACHE: path.join(directory, "empty"),
      },
    );
    expect([code, sentence]).toEqual([1, "The package registry cannot be reached (ECONNREFUSED)."]);
  });

  it("refuses what is not from the registry before npm starts", async () => {
    const before = requests;
    const { code, sentence } = await install({
      dependencies: { tiny: "1", evil: "git+ssh://git@example.org/evil.git" },
    });
    expect([code, requests - before]).toEqual([1, 0]);
    expect(sentence).toMatch(
      /^The dependency "evil" asks for "git\+ssh:\/\/example\.org\/evil\.git": only versions from the package registry/,
    );
  });
});
