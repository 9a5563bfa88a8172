import { once } from "node:events";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { istio, objectsOf, to, virtualService, workload } from "../testing/objects.ts";
import { rawGet, rawRequest } from "../testing/raw-request.ts";
import { startTableGateway, type TableGateway } from "../testing/table-gateway.ts";
import { freshAddress, startUpstream, type Upstream } from "../testing/upstream.ts";

let gateway: TableGateway;
const upstreams: Upstream[] = [];

beforeAll(async () => {
  gateway = await startTableGateway();
});
afterEach(async () => {
  await Promise.all(upstreams.splice(0).map((upstream) => upstream.close()));
});
afterAll(async () => {
  await gateway.close();
});

async function serve(handle?: Parameters<typeof startUpstream>[1]): Promise<Upstream> {
  const upstream = await startUpstream("pod", handle);
  upstreams.push(upstream);
  return upstream;
}

function publish(addresses: string[], port: number, route: object = {}): void {
  gateway.use(
    objectsOf(
      [virtualService("vs", ["vs.localhost"], [{ route: [to("pod")], ...route }])],
      [workload("pod", addresses, port)],
    ),
  );
}

test("504 when the pod takes longer than the route allows; the pod's request is ended", async () => {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const upstream = await serve((_request, response) => void response.on("close", resolve));
  publish([upstream.address], upstream.port, { timeout: "0.2s" });
  const { status, text } = await rawGet(gateway.edgePort, "/", "vs.localhost");
  expect(status).toBe(504);
  expect(text).toContain("upstream request timeout");
  await ended;
});

test("an answer that is under way when the time is up is cut, not ended as if it were whole", async () => {
  const upstream = await serve((_request, response) => void response.write("part"));
  publish([upstream.address], upstream.port, { timeout: "200ms" });
  const { text, closed } = await rawRequest(
    gateway.edgePort,
    "GET / HTTP/1.1\r\nHost: vs.localhost\r\n\r\n",
    2000,
  );
  expect(text).toContain("part");
  expect(text).not.toContain("\r\n0\r\n\r\n");
  expect(closed).toBe(true);
});

test("another endpoint is tried when the connection is refused, also for a request with a body", async () => {
  const upstream = await serve(async (request, response) =>
    response.end(`got ${(await request.toArray()).join("")}`),
  );
  publish([freshAddress(), freshAddress(), upstream.address], upstream.port);
  for (let index = 0; index < 6; index += 1) {
    const answer = await rawRequest(
      gateway.edgePort,
      "POST / HTTP/1.1\r\nHost: vs.localhost\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
    );
    expect(answer.text).toContain("got hello");
  }
  expect(upstream.seen).toHaveLength(6);
  publish([freshAddress(), freshAddress()], upstream.port);
  expect((await rawGet(gateway.edgePort, "/", "vs.localhost")).status).toBe(503);
});

test("no other endpoint is tried once bytes were sent", async () => {
  const dropping = await serve((request) => request.socket.destroy());
  const dropsToo = await startUpstream("pod", (request) => request.socket.destroy(), dropping.port);
  upstreams.push(dropsToo);
  publish([dropping.address, dropsToo.address], dropping.port);
  const { status, text } = await rawGet(gateway.edgePort, "/", "vs.localhost");
  expect(status).toBe(503);
  expect(text).toContain("upstream connect error or disconnect/reset before headers");
  expect(dropping.seen.length + dropsToo.seen.length).toBe(1);
});

test("another endpoint is only one that the same policies hold for", async () => {
  const upstream = await serve();
  const pods = workload("pod", [freshAddress(), upstream.address], upstream.port);
  const [, second] = pods.pods;
  if (second) second.metadata.labels = { app: "pod", guarded: "yes" };
  const deny = istio("AuthorizationPolicy", "deny", {
    selector: { matchLabels: { guarded: "yes" } },
    action: "DENY",
    rules: [{}],
  });
  gateway.use(objectsOf([virtualService("vs", ["vs.localhost"], [{ route: [to("pod")] }]), deny], [pods]));
  const statuses = new Set<number>();
  for (let index = 0; index < 4; index += 1)
    statuses.add((await rawGet(gateway.edgePort, "/", "vs.localhost")).status);
  expect([...statuses].toSorted((a, b) => a - b)).toEqual([403, 503]);
  expect(upstream.seen).toHaveLength(0);
});

test("an answer that is not HTTP is 502, a broken one is cut", async () => {
  const upstream = await serve((request) =>
    request.socket.end("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc"),
  );
  publish([upstream.address], upstream.port);
  expect((await rawGet(gateway.edgePort, "/", "vs.localhost")).status).toBe(502);
  const short = await serve((request) =>
    request.socket.end("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\nabc"),
  );
  publish([short.address], short.port);
  const { text, closed } = await rawRequest(
    gateway.edgePort,
    "GET / HTTP/1.1\r\nHost: vs.localhost\r\n\r\n",
    2000,
  );
  expect(text).toContain("abc");
  expect(closed).toBe(true);
});

test("a pod that closes idle connections costs no request", async () => {
  const upstream = await serve();
  publish([upstream.address], upstream.port);
  for (let round = 0; round < 20; round += 1) {
    expect((await rawGet(gateway.edgePort, "/", "vs.localhost")).status).toBe(200);
    upstream.server.closeIdleConnections();
  }
});

test("WebSockets: frames both ways, and a refused handshake is passed on", async () => {
  const { WebSocketServer, WebSocket } = await import("ws");
  const upstream = await serve((_request, response) => {
    response.writeHead(400);
    response.end("no");
  });
  const sockets = new WebSocketServer({ noServer: true });
  upstream.server.on("upgrade", (request, socket, head) => {
    if (request.url === "/no")
      return void socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
    sockets.handleUpgrade(request, socket, head, (client) =>
      client.on("message", (data: Buffer) => client.send(`echo ${data.toString()}`)),
    );
  });
  publish([freshAddress(), upstream.address], upstream.port);
  const client = new WebSocket(`ws://127.0.0.1:${gateway.edgePort}/chat?x=1`, {
    headers: { host: "vs.localhost", origin: "http://vs.localhost" },
  });
  await once(client, "open");
  for (const text of ["one", "x".repeat(200_000)]) {
    client.send(text);
    const [message] = (await once(client, "message")) as [Buffer];
    expect(message.toString()).toBe(`echo ${text}`);
  }
  client.close();
  await once(client, "close");
  const refused = new WebSocket(`ws://127.0.0.1:${gateway.edgePort}/no`, {
    headers: { host: "vs.localhost" },
  });
  const [error] = (await once(refused, "error")) as [Error];
  expect(error.message).toContain("403");
});

test("WebSocket handshakes pass the same policies, and h2c is not upgraded to", async () => {
  const upstream = await serve();
  const deny = istio("AuthorizationPolicy", "deny", {
    action: "DENY",
    rules: [{ to: [{ operation: { paths: ["/chat"] } }] }],
  });
  gateway.use(
    objectsOf(
      [virtualService("vs", ["vs.localhost"], [{ route: [to("pod")] }]), deny],
      [workload("pod", [upstream.address], upstream.port)],
    ),
  );
  const handshake =
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  const ask = (path: string, more: string) =>
    rawRequest(gateway.edgePort, `GET ${path} HTTP/1.1\r\nHost: vs.localhost\r\n${more}\r\n`);
  expect((await ask("//chat", handshake)).status).toBe(403);
  expect((await ask("/other", `${handshake}Content-Length: 5\r\n`)).status).toBe(400);
  expect(
    (
      await ask(
        "/h2",
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQ\r\n",
      )
    ).status,
  ).toBe(200);
  expect(upstream.seen.at(-1)?.headers).not.toHaveProperty("upgrade");
});
