import { pods } from "@kyma/kube/resource-types.ts";
import { TestNode, until } from "@kyma/local-cluster/node-agent/testing/test-node.ts";
import { setTimeout as delay } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import * as http from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { relayTo, type CuttableProxy } from "../testing/cuttable-proxy.ts";
import { startTestConsole, type TestConsole } from "../testing/test-console.ts";
import type { LogBatch } from "./log-batch.ts";

// A real node whose containers write numbered lines; between the BFF and the API server a relay that can be cut.
let node: TestNode;
let proxy: CuttableProxy;
let app: TestConsole;
let namespace: string;

beforeAll(async () => {
  node = await TestNode.start();
  const relayed = await relayTo(node.controlPlane.kubeconfig);
  proxy = relayed.proxy;
  app = await startTestConsole(relayed.kubeconfig);
  namespace = await node.namespace();
}, 120_000);
afterAll(async () => {
  await app?.[Symbol.asyncDispose]();
  proxy?.close();
  await node?.stop();
}, 60_000);

const query = `subscription($source: LogSource!, $options: LogOptions, $resume: [String!]) {
  logs(source: $source, options: $options, resume: $resume) {
    streams { index pod container kind state restarts message } first sources times texts gaps { count before stream }
    cursors { stream token } liveness ended omitted } }`;

/** A browser: collects lines, keeps cursors, can lose its socket and go on. */
class Reader {
  readonly lines: { source: string; text: string; time: string }[] = [];
  readonly cursors = new Map<string, string>();
  gaps = 0;
  readonly #variables: Record<string, unknown>;
  #client: ReturnType<TestConsole["socket"]> | undefined;

  constructor(source: object, options: object = {}) {
    this.#variables = { source: { namespace, ...source }, options };
  }

  start(): void {
    const client = (this.#client = app.socket());
    const resume = this.cursors.size > 0 ? [...this.cursors.values()] : null;
    const streams = new Map<number, string>();
    void (async () => {
      for await (const { data } of client.iterate<{ logs: LogBatch }>({
        query,
        variables: { ...this.#variables, resume },
      })) {
        if (this.#client !== client || !data) return;
        for (const { index, pod, container } of data.logs.streams) streams.set(index, `${pod}/${container}`);
        data.logs.texts.forEach((text, index) =>
          this.lines.push({
            source: streams.get(data.logs.sources[index] ?? -1) ?? "",
            text,
            time: data.logs.times[index] ?? "",
          }),
        );
        for (const { stream, token } of data.logs.cursors) this.cursors.set(streams.get(stream) ?? "", token);
        this.gaps += data.logs.gaps.length;
      }
    })().catch(() => undefined);
  }

  cut(): void {
    const client = this.#client;
    this.#client = undefined;
    client?.terminate();
  }

  of(source: string): string[] {
    return this.lines.filter((line) => line.source === source).map(({ text }) => text);
  }
}

async function createPod(name: string, args: string[], extra: object = {}): Promise<void> {
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { namespace, name, labels: { app: "numbers" } },
    spec: {
      terminationGracePeriodSeconds: 1,
      containers: ["a", "b"].map((container) => ({ name: container, image: "kyma.local/test:1", args })),
      ...extra,
    },
  };
  await node.client.create(pods, pod);
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `line ${index}`);

function expectUnbroken(lines: string[], least: number): void {
  expect(lines.length).toBeGreaterThan(least);
  expect(lines).toEqual(numbered(lines.length));
}

test("over 20 cuts of both connections no line is lost or doubled, and pods that join are followed", async () => {
  await createPod("one", ["count", "4"]);
  const reader = new Reader({ labelSelector: "app=numbers" }, { tailLines: 1_000_000 });
  reader.start();
  await until("lines come", () => Promise.resolve(reader.of("one/a").length > 5));
  await createPod("two", ["count", "4"]);
  const isRunning = async (): Promise<boolean> =>
    ((await node.client.get(pods, { namespace, name: "two" })) as { status?: { phase?: string } }).status
      ?.phase === "Running";
  await until("the second pod runs", isRunning);
  const joinedAt = Date.now();
  await until("its lines come", () => Promise.resolve(reader.of("two/b").length > 0));
  expect(Date.now() - joinedAt).toBeLessThan(3000);
  for (let cut = 0; cut < 20; cut++) {
    await delay(80 + cut * 15);
    if (cut % 2 === 0) proxy.cut();
    else {
      reader.cut();
      reader.start();
    }
  }
  await delay(1500);
  reader.cut();
  for (const source of ["one/a", "one/b", "two/a", "two/b"]) expectUnbroken(reader.of(source), 100);
  expect(reader.gaps).toBe(0);
}, 90_000);

test("a tail goes on after a cut without what came before it", async () => {
  const reader = new Reader({ pod: "one" }, { tailLines: 3, containers: ["a"] });
  reader.start();
  await until("lines come", () => Promise.resolve(reader.lines.length >= 4));
  for (let cut = 0; cut < 5; cut++) {
    reader.cut();
    proxy.cut();
    reader.start();
    await delay(200 + cut * 60);
  }
  reader.cut();
  const first = Number(reader.lines[0]?.text.slice(5));
  expect(first).toBeGreaterThan(100);
  expect(reader.lines.map(({ text }) => text)).toEqual(numbered(first + reader.lines.length).slice(first));
}, 60_000);

test("a container that starts anew goes on in the same stream", async () => {
  await createPod("restarts", ["exit", "1"], { restartPolicy: "Always" });
  const reader = new Reader({ pod: "restarts" });
  reader.start();
  await until("the second run is there", () => Promise.resolve(reader.of("restarts/a").length >= 2), 60_000);
  reader.cut();
  expect(new Set(reader.of("restarts/a"))).toEqual(new Set(["exiting with 1"]));
  await node.client.delete(pods, { namespace, name: "restarts" });
}, 90_000);

test("the download has every line with pod and container, in order of time, packed when asked", async () => {
  const path = `/export/logs?namespace=${namespace}&labelSelector=app%3Dnumbers`;
  const text = await new Promise<string>((resolve, reject) => {
    const headers = { cookie: app.cookie, "accept-encoding": "gzip" };
    http
      .get(app.url + path, { headers }, (answer) => {
        expect(answer.headers).toMatchObject({
          "content-encoding": "gzip",
          "x-content-type-options": "nosniff",
        });
        expect(answer.headers["content-disposition"]).toMatch(/^attachment; filename="[\w.-]+\.log"$/);
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => resolve(gunzipSync(Buffer.concat(chunks)).toString()));
      })
      .on("error", reject);
  });
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => line.split(" "));
  const ofOne = lines.filter(([prefix]) => prefix === "[pod/one/a]").map((words) => words.slice(2).join(" "));
  expectUnbroken(ofOne, 100);
  const times = lines.map(([, time]) => time ?? "");
  expect(times).toEqual(times.toSorted());
});

test("a download needs a session, our own page, and the right to read logs", async () => {
  const path = `/export/logs?namespace=${namespace}&pod=one`;
  expect((await app.request(path)).status).toBe(401);
  const headers = { cookie: app.cookie };
  expect((await app.request(path, { headers: { ...headers, origin: "https://evil.example" } })).status).toBe(
    403,
  );
  const missing = await app.request(path.replace("pod=one", "pod=none"), { headers });
  expect([missing.status, missing.body]).toEqual([
    404,
    expect.stringContaining('Pod \\"none\\" does not exist'),
  ]);
  for (const wrong of [
    "?namespace=..%2F&pod=x",
    `?namespace=${namespace}`,
    `?namespace=${namespace}&pod=a&tailLines=x`,
  ])
    expect((await app.request(`/export/logs${wrong}`, { headers })).status).toBe(400);
});
