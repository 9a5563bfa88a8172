import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { connect as dial, type AddressInfo, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { KubeClient } from "./client.ts";
import { connect, defaultConnectTimeoutMs, type ConnectionOptions, type Connection } from "./connection.ts";
import { AnswerTooLargeError, ApiError, UnavailableError } from "./errors.ts";
import { FaultyServer, stream, type Answer } from "./faulty-server.ts";
import { configMaps } from "./resource-types.ts";

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0).toReversed()) end();
});

async function serve(answer: Answer, options?: ConnectionOptions): Promise<Connection> {
  const server = new FaultyServer();
  server.lists.push(answer);
  const connection = connect(await server.listen(), options);
  ends.push(
    () => server.close(),
    () => connection.close(),
  );
  return connection;
}

/** The port of a process that listens and is stopped, so that after a few connections nothing answers a SYN any more. */
async function deafPort(): Promise<number> {
  const program = `const server = require("node:net").createServer();
    server.listen({ host: "127.0.0.1", port: 0, backlog: 1 }, () => console.log(server.address().port));`;
  const child: ChildProcess = spawn(process.execPath, ["-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  ends.push(() => child.kill("SIGKILL"));
  const [line] = (await once(child.stdout!, "data")) as [Buffer];
  const port = Number(line.toString());
  child.kill("SIGSTOP");
  const waiting: Socket[] = Array.from({ length: 8 }, () =>
    dial(port, "127.0.0.1").on("error", () => undefined),
  );
  ends.push(() => waiting.forEach((socket) => socket.destroy()));
  return port;
}

test("a server that does not even take the connection is given up, long before the system would", async () => {
  const server = `http://127.0.0.1:${await deafPort()}`;
  const access = { context: "test", cluster: "test", user: "test", namespace: "default", server, tls: {} };
  const connection = connect(access, { connectTimeoutMs: 300 });
  ends.push(() => connection.close());
  const attempt = connection.send("/", { stream: true, timeoutMs: 0 });
  await expect(attempt).rejects.toBeInstanceOf(UnavailableError);
  await expect(attempt).rejects.toThrow("no answer in time");
});

test("by default ten seconds are enough to connect", () => {
  expect(defaultConnectTimeoutMs).toBe(10_000);
});

/** What the kernel waits for on the connection from this local port: 2 is the keepalive timer. */
async function timerOf(port: number): Promise<number> {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  const table = await readFile("/proc/net/tcp", "utf8");
  const fields = table.split("\n").map((row) => row.trim().split(/\s+/));
  return Number(fields.find(([, local]) => local?.endsWith(`:${hex}`))?.[5]?.split(":")[0]);
}

test.skipIf(process.platform !== "linux")("the kernel probes the far end of a quiet stream", async () => {
  const connection = await serve(stream([], true));
  const { body } = await connection.send("/", { stream: true, timeoutMs: 0 });
  const { port } = body.socket.address() as AddressInfo;
  await expect.poll(() => timerOf(port)).toBe(2);
  body.destroy();
});

const endless: (status: number) => Answer = (status) => (_request, response) => {
  response.writeHead(status, { "content-type": "text/html" });
  const chunk = Buffer.alloc(1024 * 1024, "x");
  const write = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on("drain", write);
  write();
};

test("of an error's text no more is read than a person could use", async () => {
  const connection = await serve(endless(502));
  const error: unknown = await new KubeClient(connection).list(configMaps).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UnavailableError);
  expect((error as Error).message).toBe("x".repeat(500));
});

test("an answer without end is given up at the limit, as an error of its own", async () => {
  const connection = await serve(endless(200));
  const answer = await connection.send("/", { largestAnswer: 8 * 1024 * 1024 });
  await expect(answer.text()).rejects.toThrow("the API server's answer is larger than 8 MiB");
  const attempt = new KubeClient(connection).get(configMaps, { namespace: "default", name: "a" });
  await expect(attempt).rejects.toBeInstanceOf(AnswerTooLargeError);
  await expect(attempt).rejects.toThrow("32 MiB");
});

const page = "<!doctype html><script>evil()</script>";
const html: (status: number) => Answer = (status) => (_request, response) =>
  response.writeHead(status, { "content-type": "text/html" }).end(page);

test.each([
  [200, "the API server's answer is not JSON"],
  [302, "the API server answered 302"],
  [502, "the API server answered 502"],
])(
  "a page of somebody in between, with status %i, becomes a sentence without it",
  async (status, message) => {
    const attempt = new KubeClient(await serve(html(status))).list(configMaps);
    await expect(attempt).rejects.toBeInstanceOf(ApiError);
    await expect(attempt).rejects.toMatchObject({ message });
  },
);
