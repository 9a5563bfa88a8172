import { createServer, type Server, type ServerResponse } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listen } from "../testing/table-gateway.ts";
import { keyFetcher } from "./key-fetch.ts";

let server: Server;
let asked: string[];
let handle: (response: ServerResponse) => void;
let keys: ReturnType<typeof keyFetcher>;
const uri = "http://issuer.shop.svc.cluster.local/keys?x=1";

beforeAll(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(`${request.headers.host}${request.url}`);
    handle(response);
  });
  const port = await listen(server);
  keys = keyFetcher(
    (service, servicePort) =>
      service === "shop/issuer" && servicePort === 80 ? `127.0.0.1:${port}` : undefined,
    500,
  );
});
afterAll(async () => {
  await keys.close();
  server.closeAllConnections();
  server.close();
});

test("a Service's keys come from its pod", async () => {
  handle = (response) => void response.end("{}");
  expect(await keys.fetch(uri)).toBe("{}");
  expect(asked.at(-1)).toBe("issuer.shop.svc.cluster.local/keys?x=1");
});

test("A5: a redirect is not followed", async () => {
  const before = asked.length;
  handle = (response) => void response.writeHead(302, { location: "http://169.254.169.254/" }).end();
  await expect(keys.fetch(uri)).rejects.toThrow("it answered 302");
  expect(asked).toHaveLength(before + 1);
});

test("A5: 50 MB are read to 1 MiB", async () => {
  let written = 0;
  handle = (response) => {
    const pump = () => {
      do written += 65_536;
      while (written < 50_000_000 && !response.destroyed && response.write("x".repeat(65_536)));
    };
    response.on("drain", pump);
    pump();
  };
  await expect(keys.fetch(uri)).rejects.toThrow("larger than 1 MiB");
  expect(written).toBeLessThan(20_000_000);
});

test("A5: a drip is given up", async () => {
  handle = (response) => {
    const timer = setInterval(() => response.write(" "), 50);
    response.on("close", () => clearInterval(timer));
  };
  await expect(keys.fetch(uri)).rejects.toThrow(/timeout/);
});

test.each([
  ["http://issuer.example.com/keys", "only https"],
  ["https://issuer.shop.svc.cluster.local/keys", "only http"],
  ["http://issuer.shop.svc.cluster.local:81/keys", "no ready endpoint"],
  ["http://other.shop.svc.cluster.local/keys", "no ready endpoint"],
  ["http://127.0.0.1/keys", "only https"],
  ["https://127.0.0.1/keys", "not a public address"],
  ["https://2130706433/keys", "not a public address"],
  ["https://169.254.169.254/latest", "not a public address"],
  ["https://[::ffff:10.0.0.1]/keys", "not a public address"],
  ["https://localhost/keys", "not a public address"],
  ["https://user:pw@issuer.example.com/keys", "credentials"],
  ["file:///etc/passwd", "only https"],
  ["keys", "not a URL"],
])("A5: %s is refused", async (address, reason) => {
  await expect(keys.fetch(address)).rejects.toThrow(reason);
});
