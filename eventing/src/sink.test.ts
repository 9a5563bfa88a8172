import { expect, test } from "vitest";
import { readAllowedHosts, readSink } from "./sink.ts";

const rules = { namespace: "shop", allowedHosts: ["*.example.com", "audit.ops.svc.cluster.local"] };

test("a Service of the same namespace is taken, with its port", () => {
  expect(readSink("http://orders.shop.svc.cluster.local:8080/in", rules)).toMatchObject({
    service: { namespace: "shop", name: "orders", port: 8080 },
  });
  expect(readSink("https://orders.shop.svc.cluster.local", rules)).toMatchObject({ service: { port: 443 } });
});

test("other hosts and namespaces only where they are allowed", () => {
  expect(readSink("https://hooks.example.com/x", rules)).toMatchObject({ service: undefined });
  expect(readSink("http://audit.ops.svc.cluster.local", rules)).toMatchObject({
    service: { namespace: "ops", name: "audit", port: 80 },
  });
});

test.each([
  ["", "must be a URL"],
  ["orders.shop.svc.cluster.local", "must be a URL"],
  ["file:///etc/passwd", "must be a URL that begins with http"],
  ["http://user:pw@orders.shop.svc.cluster.local", "user name or password"],
  ["http://169.254.169.254/latest", "must end with svc.cluster.local"],
  ["http://[::ffff:10.0.0.1]/", "must end with svc.cluster.local"],
  ["http://2130706433/", "must end with svc.cluster.local"],
  ["http://example.com.evil.net", "must end with svc.cluster.local"],
  ["http://shop.svc.cluster.local", "form <service>.<namespace>"],
  ["http://a.orders.shop.svc.cluster.local", "form <service>.<namespace>"],
  ["http://orders.other.svc.cluster.local", `must be in the Subscription's own, "shop"`],
  ["http://orders.shop.svc.cluster.local.", "must end with svc.cluster.local"],
])("%j is refused", (sink, sentence) => {
  expect(readSink(sink, rules)).toEqual({ problem: expect.stringContaining(sentence) as string });
});

test("the sentence names the field that it is told, and holds no endless text", () => {
  const reading = readSink(`ftp://${"x".repeat(5000)}`, rules, "config.deadLetterSink");
  expect(reading).toEqual({
    problem: expect.stringMatching(/^config\.deadLetterSink "ftp:.{90,99}…" must be/) as string,
  });
});

test("an administrator's list has a host a line, with comments and blank lines", () => {
  const data = {
    allowedHosts: "# partners\n*.example.com # all of them\n\n  audit.ops.svc.cluster.local\r\n",
  };
  expect(readAllowedHosts(data)).toEqual(["*.example.com", "audit.ops.svc.cluster.local"]);
  expect(readAllowedHosts({})).toEqual([]);
  expect(readAllowedHosts(undefined)).toEqual([]);
});
