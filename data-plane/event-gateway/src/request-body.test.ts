import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Refusal } from "./answer.ts";
import { BodyAbortedError, RequestBodies } from "./request-body.ts";
import { RawClient, rawPublish } from "./testing/raw-client.ts";

/** Bodies that were read and not released yet. */
const held: { body: Buffer; response: ServerResponse }[] = [];
const failures: Error[] = [];
const bodies = new RequestBodies({ one: 1000, all: 2000 });
let server: Server;
let requests = 0;
let port = 0;
beforeEach(async () => {
  failures.length = 0;
  server = createServer((request, response) => {
    requests++;
    bodies
      .read(request)
      .then((body) => held.push({ body, response }))
      .catch((error: Error) => {
        failures.push(error);
        response.writeHead((error as Refusal).status ?? 500).end();
      });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ({ port } = server.address() as AddressInfo);
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const begin = async (body: string, length = body.length): Promise<RawClient> => {
  const raw = await RawClient.open(port);
  const before = requests;
  raw.write(rawPublish(body, { length }));
  await vi.waitFor(() => expect(requests).toBe(before + 1));
  return raw;
};
const release = (): void => {
  for (const { body, response } of held.splice(0)) {
    bodies.release(body);
    response.writeHead(204).end();
  }
};

test("bodies under way share what there is; the next one is told to come back", async () => {
  for (let count = 0; count < 2; count++) await begin("x".repeat(900));
  await vi.waitFor(() => expect(held).toHaveLength(2));
  const third = await begin("x".repeat(900));
  await vi.waitFor(() => expect(third.statuses).toEqual([503]));
  release();
  await begin("x".repeat(900));
  await vi.waitFor(() => expect(held).toHaveLength(1));
  release();
});

test("a client that goes away gives back what it had", async () => {
  for (let round = 1; round <= 5; round++) {
    const both = [await begin("x".repeat(900), 950), await begin("x".repeat(900), 950)];
    const third = await begin("x".repeat(900));
    await vi.waitFor(() => expect(third.statuses).toEqual([503]));
    for (const raw of both) raw.socket.destroy();
    await vi.waitFor(() =>
      expect(failures.filter((error) => error instanceof BodyAbortedError)).toHaveLength(2 * round),
    );
  }
  await begin("x".repeat(900));
  await vi.waitFor(() => expect(held).toHaveLength(1));
  release();
});
