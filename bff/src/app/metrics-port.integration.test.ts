import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { request, startTestConsole, type TestConsole } from "../testing/test-console.ts";

let app: TestConsole;
let url: URL;
beforeAll(async () => {
  app = await startTestConsole(inject("kubeconfig"), ["--metrics-port", "0"]);
  url = new URL(app.metricsUrl ?? "");
});
afterAll(() => app[Symbol.asyncDispose]());

test("a Prometheus on this machine reads the figures without a session; the console's own port goes on asking for one", async () => {
  const scraped = await request(url.href);
  expect(scraped.status).toBe(200);
  expect(scraped.headers["content-type"]).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(scraped.body).toMatch(/^kyma_bff_sessions 1$/m);
  expect((await app.request("/metrics")).status).toBe(401);
});

test("there is nothing else on that port, and no web page can read it", async () => {
  const ask = async (path: string, options: object = {}): Promise<number> =>
    (await request(url.origin + path, { headers: { cookie: app.cookie }, ...options })).status;
  for (const path of ["/", "/graphql", "/session", "/sign-in", "/healthz", "/metrics?x=1", "/metrics/.."])
    expect({ path, status: await ask(path) }).toEqual({ path, status: 404 });
  expect(await ask("/metrics", { method: "POST" })).toBe(405);
  for (const host of [
    "evil.example",
    `evil.example:${url.port}`,
    "127.0.0.1",
    `localhost:${url.port}.evil.example`,
  ])
    expect({ host, status: await ask("/metrics", { headers: { host } }) }).toEqual({ host, status: 403 });
  const { headers } = await request(url.href, { headers: { origin: "https://evil.example" } });
  expect(headers["access-control-allow-origin"]).toBeUndefined();
  expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
});

/** Addresses of this machine that others can reach. */
const outside = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .filter(({ family, internal }) => family === "IPv4" && !internal);

test.skipIf(outside.length === 0)("others cannot connect to it", async () => {
  for (const { address } of outside) {
    const refused = new Promise((resolve) => {
      const socket = connect(Number(url.port), address, () => resolve("connected"));
      socket.once("error", ({ message }) => resolve(message));
    });
    expect(await refused).toContain("ECONNREFUSED");
  }
});

test("without the option there is no such port, and a taken one is an error that names it", async () => {
  const other = await startTestConsole(inject("kubeconfig"));
  expect(other.metricsUrl).toBeUndefined();
  await other[Symbol.asyncDispose]();
  await expect(startTestConsole(inject("kubeconfig"), ["--metrics-port", url.port])).rejects.toMatchObject({
    code: "EADDRINUSE",
    port: Number(url.port),
  });
});
