import type { CloudEvent } from "@kyma/eventing/cloud-event.ts";
import type { Sink } from "@kyma/eventing/sink.ts";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SinkClient } from "./sink-client.ts";
import { EventSink, status } from "./testing/event-sink.ts";
import { startNameServer } from "./testing/name-server.ts";

const event: CloudEvent = { specversion: "1.0", id: "1", source: "shop", type: "order.created.v1" };
const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
const cleanUps: (() => unknown)[] = [];
let client: SinkClient;
beforeEach(() => {
  client = new SinkClient();
});
afterEach(async () => {
  client.close();
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

const inside = (port: number): Sink => ({
  url: new URL(`http://127.0.0.1:${port}/in?a=b`),
  service: { namespace: "shop", name: "orders", port: 80 },
});
const outside = (url: string): Sink => ({ url: new URL(url), service: undefined });
const send = (sink: Sink, more: Partial<CloudEvent> = {}, timeoutMs = 5000) =>
  client.send(sink, { ...event, ...more }, { timeoutMs });

async function eventSink(...answer: Parameters<typeof EventSink.start>): Promise<EventSink> {
  const sink = await EventSink.start(...answer);
  cleanUps.push(() => sink.stop());
  return sink;
}

/** A server that does with each connection and each piece of text what the test says. */
async function rawServer(
  onData: (socket: Socket, connection: number, text: string) => void,
): Promise<number> {
  let connections = 0;
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    const connection = ++connections;
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("data", (data) => onData(socket, connection, data.toString("latin1")));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  cleanUps.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
const ok = "HTTP/1.1 204 No Content\r\n\r\n";

test("the event goes out in binary mode, and connections are used again", async () => {
  const ports = new Set<number | undefined>();
  const sink = await eventSink((_, response, request) => {
    ports.add(request.socket.remotePort);
    response.writeHead(202).end("taken\n");
  });
  for (const id of ["1", "2", "3"]) {
    const answer = await send(inside(sink.port), {
      id,
      traceparent,
      tracestate: "a=\u20ac",
      data: { id },
      datacontenttype: "application/json",
    });
    expect(answer).toMatchObject({ status: 202, text: "taken", failure: undefined });
  }
  expect(ports.size).toBe(1);
  expect(sink.received[2]).toMatchObject({ id: "3", body: '{"id":"3"}' });
  expect(sink.received[2]?.headers).toMatchObject({
    traceparent,
    "ce-tracestate": "a=%E2%82%AC",
    "ce-specversion": "1.0",
    "content-type": "application/json",
    "content-length": "10",
  });
});

test("a redirect is an answer and is not followed", async () => {
  const target = await eventSink();
  const sink = await eventSink(status(307, { location: `http://127.0.0.1:${target.port}/` }));
  expect(await send(inside(sink.port))).toMatchObject({ status: 307 });
  expect(target.received).toEqual([]);
});

test("Retry-After is told as it came", async () => {
  const sink = await eventSink(status(429, { "retry-after": "12" }, "slow down"));
  expect(await send(inside(sink.port))).toMatchObject({ status: 429, retryAfter: "12", text: "slow down" });
});

test("a sink that hangs is given up after the time-out, wherever it hangs", async () => {
  const silent = await rawServer(() => undefined);
  expect(await send(inside(silent), {}, 200)).toMatchObject({
    status: 0,
    failure: "timeout",
    text: "no answer within 200 ms",
  });
  const dripping = await rawServer((socket) => socket.write("HTTP/1.1 200 OK\r\nx: "));
  expect(await send(inside(dripping), {}, 200)).toMatchObject({ status: 0, failure: "timeout" });
});

test("of an endless answer a KiB is read, and the connection is ended", async () => {
  let closed = false;
  const sink = await eventSink((_, response) => {
    response.writeHead(500, { "content-length": String(2 ** 30) });
    const more = (): boolean => response.write("x".repeat(2 ** 20));
    response.on("drain", more);
    response.once("close", () => (closed = true));
    more();
  });
  const answer = await send(inside(sink.port));
  expect(answer).toMatchObject({ status: 500, text: "x".repeat(1024) });
  await expect.poll(() => closed).toBe(true);
});

test("a status that came counts, though the body breaks off or never ends", async () => {
  const cut = await rawServer((socket) => {
    socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf");
    setImmediate(() => socket.resetAndDestroy());
  });
  expect(await send(inside(cut))).toMatchObject({ status: 200, text: "half", failure: undefined });
  const open = await rawServer((socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf"));
  expect(await send(inside(open), {}, 300)).toMatchObject({ status: 200, text: "half" });
});

test.each<[string, (socket: Socket) => unknown]>([
  ["closes without a word", (socket) => socket.end()],
  ["cuts the connection", (socket) => socket.resetAndDestroy()],
  ["does not speak HTTP", (socket) => socket.end("hello\r\n\r\n")],
  ["sends endless headers", (socket) => socket.write(`HTTP/1.1 200 OK\r\nx: ${"y".repeat(100_000)}`)],
  [
    "wants another protocol",
    (socket) => socket.write("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"),
  ],
])("a sink that %s gave no answer", async (_, onData) => {
  const port = await rawServer(onData);
  const answer = await send(inside(port));
  expect(answer).toMatchObject({ status: 0, failure: "connection" });
  expect(answer.text).not.toBe("");
});

test("a port that nobody listens on is no connection, and the sentence says so", async () => {
  const sink = await EventSink.start();
  const { port } = sink;
  await sink.stop();
  expect(await send(inside(port))).toMatchObject({
    failure: "connection",
    text: "127.0.0.1 refuses connections",
  });
});

test("a kept connection that was closed meanwhile costs no attempt", async () => {
  const requests: number[] = [];
  const port = await rawServer((socket, connection) => {
    const isSecond = requests.includes(connection);
    requests.push(connection);
    if (isSecond) socket.resetAndDestroy();
    else socket.write(ok);
  });
  expect((await send(inside(port))).status).toBe(204);
  expect((await send(inside(port))).status).toBe(204);
  expect(requests).toEqual([1, 1, 2]);
});

test("an event that makes its sink fall is sent twice at most", async () => {
  const bodies: string[] = [];
  const port = await rawServer((socket, _, text) => {
    bodies.push(text);
    if (text.includes("ce-id: poison")) socket.resetAndDestroy();
    else socket.write(ok);
  });
  await send(inside(port));
  expect(await send(inside(port), { id: "poison" })).toMatchObject({ failure: "connection" });
  expect(bodies).toHaveLength(3);
});

test("what no request can hold is refused with a sentence", async () => {
  const sink = await eventSink();
  const answer = await send(inside(sink.port), { datacontenttype: "text/\u2713" });
  expect(answer).toMatchObject({
    status: 0,
    failure: "rejected",
    text: expect.stringContaining("content-type") as string,
  });
  expect(sink.received).toEqual([]);
});

test("all calls are given up when the process ends, later ones too", async () => {
  const port = await rawServer(() => client.abandon());
  expect(await send(inside(port))).toMatchObject({ failure: "abandoned" });
  expect(await send(inside(port))).toMatchObject({ failure: "abandoned" });
});

test("a caller may give up its own call, and says why", async () => {
  const given = new AbortController();
  const port = await rawServer(() => given.abort(new Error("no answer within 50 s")));
  const answer = await client.send(inside(port), event, { timeoutMs: 5000, signal: given.signal });
  expect(answer).toMatchObject({ failure: "abandoned", text: "no answer within 50 s" });
});

test("A39: outside the cluster only public addresses are called, whatever the name says", async () => {
  const sink = await eventSink();
  const names = await startNameServer({
    "hooks.example.com": ["127.0.0.1"],
    "mixed.example.com": ["93.184.216.34", "10.0.0.1"],
  });
  cleanUps.push(() => names.close());
  client = new SinkClient({ resolver: names.resolver });
  for (const host of ["127.0.0.1", "[::1]", "169.254.169.254", "hooks.example.com", "mixed.example.com"])
    expect(await send(outside(`http://${host}:${sink.port}/`)), host).toMatchObject({
      failure: "rejected",
      text: `${host} is not a public address`,
    });
  expect(await send(outside("http://nothing.example.com/"))).toMatchObject({
    failure: "connection",
    text: "the host nothing.example.com is not known",
  });
  expect(sink.received).toEqual([]);
});

test("an allowed host is called at the address that its name has", async () => {
  const sink = await eventSink();
  const names = await startNameServer({ "hooks.example.com": ["127.0.0.1"] });
  cleanUps.push(() => names.close());
  client = new SinkClient({
    resolver: names.resolver,
    isAllowedAddress: (address) => address === "127.0.0.1",
  });
  expect(await send(outside(`http://hooks.example.com:${sink.port}/`))).toMatchObject({ status: 204 });
  expect(sink.received[0]?.headers.host).toBe(`hooks.example.com:${sink.port}`);
});
