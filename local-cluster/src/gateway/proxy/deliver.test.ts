import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { objectsOf, to, virtualService, workload } from "../testing/objects.ts";
import { startTableGateway, type TableGateway } from "../testing/table-gateway.ts";
import { startUpstream, type Upstream } from "../testing/upstream.ts";

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

function open(method: string, headers: Record<string, string> = {}) {
  const request = httpRequest({
    port: gateway.edgePort,
    host: "127.0.0.1",
    method,
    path: "/",
    headers: { host: "vs.localhost", ...headers },
  });
  request.on("error", () => undefined);
  return request;
}

test("the answer streams: what the pod has written arrives before it is done", async () => {
  const { promise: finish, resolve } = Promise.withResolvers<void>();
  const upstream = await serve(async (_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    response.write("data: 1\n\n");
    await finish;
    response.end("data: 2\n\n");
  });
  publish([upstream.address], upstream.port);
  const request = open("GET");
  request.end();
  const [response] = (await once(request, "response")) as [IncomingMessage];
  const [first] = (await once(response, "data")) as [Buffer];
  expect(first.toString()).toBe("data: 1\n\n");
  resolve();
  const [second] = (await once(response, "data")) as [Buffer];
  expect(second.toString()).toBe("data: 2\n\n");
});

test("headers of an answer arrive though its body has not begun", async () => {
  const upstream = await serve((_request, response) => {
    response.writeHead(200, { "x-early": "1" });
    response.flushHeaders();
  });
  publish([upstream.address], upstream.port);
  const request = open("GET");
  request.end();
  const [response] = (await once(request, "response")) as [IncomingMessage];
  expect(response.headers["x-early"]).toBe("1");
  request.destroy();
});

test("the request streams: the pod sees its beginning before its end is sent", async () => {
  const chunks: string[] = [];
  const upstream = await serve((request, response) => {
    request.on("data", (chunk: Buffer) => {
      chunks.push(chunk.toString());
      if (chunks.length === 1) response.write("seen");
    });
    request.on("end", () => response.end(` all of ${chunks.join("")}`));
  });
  publish([upstream.address], upstream.port);
  const request = open("POST");
  request.write("begin-");
  const [response] = (await once(request, "response")) as [IncomingMessage];
  await once(response, "data");
  request.end("end");
  const rest = (await response.toArray()).join("");
  expect(rest).toBe(" all of begin-end");
});

test("backpressure: a caller that does not read stops the pod, in bounded memory", async () => {
  let written = 0;
  const chunk = Buffer.alloc(64 * 1024);
  const upstream = await serve((_request, response) => {
    const pump = () => {
      do written += chunk.length;
      while (!response.destroyed && response.write(chunk));
    };
    response.on("drain", pump);
    pump();
  });
  publish([upstream.address], upstream.port);
  const socket = connect(gateway.edgePort, "127.0.0.1");
  socket.pause();
  socket.write("GET / HTTP/1.1\r\nHost: vs.localhost\r\n\r\n");
  let last = -1;
  await vi.waitUntil(
    () => {
      const stopped = written > 0 && written === last;
      last = written;
      return stopped;
    },
    { timeout: 4000, interval: 300 },
  );
  expect(written).toBeLessThan(32 * 1024 * 1024);
  socket.destroy();
});

test("a caller that leaves ends the request at the pod", async () => {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const upstream = await serve((_request, response) => void response.on("close", resolve));
  publish([upstream.address], upstream.port);
  const request = open("GET");
  request.end();
  await vi.waitUntil(() => upstream.seen.length === 1);
  request.destroy();
  await ended;
  await vi.waitFor(() => expect(gateway.counted.at(-1)).toBe("shop/vs|0|499"));
});

test("a large body arrives whole, with length and in chunks", async () => {
  const upstream = await serve(async (request, response) => {
    let bytes = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) bytes += chunk.length;
    response.end(
      JSON.stringify({
        bytes,
        length: request.headers["content-length"],
        coding: request.headers["transfer-encoding"],
      }),
    );
  });
  publish([upstream.address], upstream.port);
  const body = Buffer.alloc(5_000_000, "x");
  const sized = await fetch(`http://127.0.0.1:${gateway.edgePort}/`, {
    method: "POST",
    body,
    headers: { host: "vs.localhost" },
  }).catch(() => undefined);
  expect(sized?.status, "fetch cannot set Host").toBe(404);
  for (const [headers, expected] of [
    [{ "content-length": "5000000" }, { bytes: 5_000_000, length: "5000000" }],
    [{}, { bytes: 5_000_000, coding: "chunked" }],
  ] as const) {
    const request = open("POST", headers);
    request.write(body);
    request.end();
    const [response] = (await once(request, "response")) as [IncomingMessage];
    expect(JSON.parse((await response.toArray()).join(""))).toEqual(expected);
  }
});

test("an answer that comes before the body is read is delivered", async () => {
  const upstream = await serve((_request, response) => {
    response.writeHead(413, { connection: "close" });
    response.end("too large");
  });
  publish([upstream.address], upstream.port);
  const request = open("POST");
  request.write("x".repeat(1000));
  const [response] = (await once(request, "response")) as [IncomingMessage];
  expect(response.statusCode).toBe(413);
  expect((await response.toArray()).join("")).toBe("too large");
  request.destroy();
});

test("a caller that leaves in the middle of an upload ends it at the pod and harms nobody else", async () => {
  const { promise: ended, resolve } = Promise.withResolvers<string>();
  const upstream = await serve((request, response) => {
    if (request.method === "GET") response.end("well");
    else request.on("error", () => resolve("aborted")).resume();
  });
  publish([upstream.address], upstream.port);
  const request = open("POST", { "content-length": "1000000" });
  request.write("beginning");
  await vi.waitUntil(() => upstream.seen.length === 1);
  request.destroy();
  expect(await ended).toBe("aborted");
  const next = open("GET");
  next.end();
  const [response] = (await once(next, "response")) as [IncomingMessage];
  expect((await response.toArray()).join("")).toBe("well");
});
