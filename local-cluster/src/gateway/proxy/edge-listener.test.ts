import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { objectsOf, to, virtualService, workload } from "../testing/objects.ts";
import { rawGet } from "../testing/raw-request.ts";
import { startTableGateway, type TableGateway } from "../testing/table-gateway.ts";
import { startUpstream, type Upstream } from "../testing/upstream.ts";

let gateway: TableGateway;
let orders: Upstream;

beforeAll(async () => {
  gateway = await startTableGateway();
  orders = await startUpstream("orders");
});
afterAll(async () => {
  expect(gateway.errors).toEqual([]);
  await gateway.close();
  await orders.close();
});

function publish(http: unknown[], hosts = ["orders.localhost"]): void {
  gateway.use(
    objectsOf([virtualService("orders", hosts, http)], [workload("orders", [orders.address], orders.port)]),
  );
}

beforeEach(() => publish([{ match: [{ uri: { prefix: "/" } }], route: [to("orders")] }]));

test("a request reaches the pod with one Host, its path and query", async () => {
  const answer = await rawGet(gateway.edgePort, "/a/b?x=1&y=%2F", "Orders.localhost:8080");
  expect(answer.status).toBe(200);
  const seen = orders.seen.at(-1);
  expect(seen?.url).toBe("/a/b?x=1&y=%2F");
  expect(seen?.headers.host).toBe("orders.localhost");
  expect(gateway.counted.at(-1)).toBe("shop/orders|0|200");
});
