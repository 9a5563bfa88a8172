import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { defaultPings, KubeStream } from "./kube-stream.ts";

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0).toReversed()) end();
});

/** A stream to a server that answers pings, or takes them and says nothing, as behind a network that swallows all. */
async function open({
  autoPong,
}: {
  autoPong: boolean;
}): Promise<{ ended: () => number; stream: KubeStream; pings: () => number }> {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, autoPong });
  await new Promise((resolve) => server.once("listening", resolve));
  let [pings, ended] = [0, 0];
  server.on("connection", (socket) => socket.on("ping", () => (pings += 1)));
  const { port } = server.address() as AddressInfo;
  const access = {
    context: "",
    cluster: "",
    user: "",
    namespace: "",
    server: `http://127.0.0.1:${port}`,
    tls: {},
  };
  const kube = new KubeClient(connect(access));
  ends.push(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
    kube.connection.close();
  });
  const listener = { output: () => undefined, ended: () => void (ended += 1) };
  const stream = await KubeStream.open(kube, "/", listener, { everyMs: 20, longestSilenceMs: 1500 });
  return { ended: () => ended, pings: () => pings, stream };
}

test("a stream whose pings nobody answers ends, long before the system notices", async () => {
  const { ended } = await open({ autoPong: false });
  await expect.poll(ended, { timeout: 5000 }).toBe(1);
  expect(defaultPings.longestSilenceMs).toBeLessThanOrEqual(60_000);
});

test("a quiet one whose pings are answered goes on, and one that takes nothing as well", async () => {
  const quiet = await open({ autoPong: true });
  const paused = await open({ autoPong: true });
  paused.stream.pause();
  await expect.poll(() => Math.min(quiet.pings(), paused.pings()), { timeout: 10_000 }).toBeGreaterThan(120);
  expect([quiet.ended(), paused.ended()]).toEqual([0, 0]);
});
