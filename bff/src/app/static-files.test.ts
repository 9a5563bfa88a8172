import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, get as httpGet, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { request, type Answer } from "../testing/test-console.ts";
import { StaticFiles } from "./static-files.ts";

let parent: string;
let server: Server;
let served: Promise<void>;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "kyma-static-"));
  const root = join(parent, "dist");
  await mkdir(join(root, "assets"), { recursive: true });
  await writeFile(join(parent, "secret.txt"), "secret");
  await writeFile(join(root, "index.html"), "<p>page</p>");
  await writeFile(join(root, "assets", "app-1a2b.js"), "plain");
  await writeFile(join(root, "assets", "app-1a2b.js.br"), "brotli");
  await writeFile(join(root, "assets", "app-1a2b.js.gz"), "gzip");
  const files = new StaticFiles(root);
  await writeFile(join(root, "assets", "large.js"), Buffer.alloc(32 * 1024 * 1024));
  server = createServer((incoming, outgoing) => {
    served = files.serve(incoming, outgoing, incoming.url ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
});
afterAll(async () => {
  server.close();
  await rm(parent, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  request(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { path, headers });

test("hashed files are packed as the browser can unpack them, and kept for ever", async () => {
  const packed = await get("/assets/app-1a2b.js", { "accept-encoding": "gzip, deflate, br" });
  expect(packed).toMatchObject({ status: 200, body: "brotli", headers: { "content-encoding": "br" } });
  expect(packed.headers["cache-control"]).toContain("immutable");
  expect(packed.headers["content-type"]).toContain("text/javascript");
  expect((await get("/assets/app-1a2b.js", { "accept-encoding": "gzip" })).body).toBe("gzip");
  expect((await get("/assets/app-1a2b.js")).body).toBe("plain");
});

test("a path of the app gets the page, which is asked for anew each time; a missing script does not", async () => {
  const page = await get("/namespaces/default/functions/orders");
  expect(page).toMatchObject({ status: 200, body: "<p>page</p>", headers: { "cache-control": "no-cache" } });
  expect((await get("/", { "if-none-match": String(page.headers.etag) })).status).toBe(304);
  expect((await get("/assets/gone-9f9f.js")).status).toBe(404);
  const named = await get("/cluster/g/v1/definitions/functions.kyma.io", { accept: "text/html,*/*" });
  expect(named).toMatchObject({ status: 200, body: "<p>page</p>" });
});

test("nothing outside the directory is served", async () => {
  for (const path of [
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/assets/../../secret.txt",
    "/..\\secret.txt",
    "/%00",
  ]) {
    const answer = await get(path);
    expect(answer.body).not.toContain("secret");
  }
});

test("a browser that leaves half-way is no failure", async () => {
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    const leaving = httpGet({ host: "127.0.0.1", port, path: "/assets/large.js" }, (answer) =>
      answer.once("data", () => leaving.destroy()).once("close", resolve),
    );
    leaving.on("error", () => undefined);
  });
  await expect(served).resolves.toBeUndefined();
});
