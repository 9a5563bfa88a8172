import { expect, test } from "vitest";
import { canonicalAuthority, isInClusterName, splitAbsolute } from "./canonical-host.ts";

test.each([
  ["Httpbin.Foo", "httpbin.foo", undefined],
  ["orders.localhost.", "orders.localhost", undefined],
  ["orders.localhost:8080", "orders.localhost", 8080],
  ["ORDERS.localhost.:80", "orders.localhost", 80],
  ["xn--bcher-kva.example", "xn--bcher-kva.example", undefined],
  ["[::1]:8080", "[::1]", 8080],
  ["a_b.c", "a_b.c", undefined],
])("%s becomes %s", (raw, host, port) => {
  expect(canonicalAuthority(raw)).toEqual({ host, port });
});

test.each([
  "",
  ".",
  "a..b",
  "orders.localhost..",
  "user@orders.localhost",
  "user:pw@orders.localhost",
  "b\u00fccher.example",
  "a b",
  "a,b",
  "a/b",
  "a%2eb",
  "a:b",
  "a:",
  "a:0",
  "a:65536",
  "a:80:80",
  "-a.b",
  "a".repeat(254),
])("%s is refused", (raw) => {
  expect(canonicalAuthority(raw)).toBeUndefined();
});

test("an absolute URL is split into authority and target", () => {
  expect(splitAbsolute("http://a.b:80/x?y")).toEqual({ authority: "a.b:80", rest: "/x?y" });
  expect(splitAbsolute("HTTP://a.b")).toEqual({ authority: "a.b", rest: "/" });
  expect(splitAbsolute("http://a.b?x=1")).toEqual({ authority: "a.b", rest: "/?x=1" });
  expect(splitAbsolute("https://a.b/")).toBeUndefined();
  expect(splitAbsolute("/x")).toBeUndefined();
});

test("names of the cluster are told apart", () => {
  expect(isInClusterName("orders.shop.svc.cluster.local")).toBe(true);
  expect(isInClusterName("orders.shop.svc")).toBe(true);
  expect(isInClusterName("cluster.local")).toBe(true);
  expect(isInClusterName("orders.localhost")).toBe(false);
});
