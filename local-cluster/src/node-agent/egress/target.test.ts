import { expect, test } from "vitest";
import { dialTarget } from "./target.ts";

test("a pod is dialled where its process listens", () => {
  expect(dialTarget("10.244.1.2:8080", 10250)).toEqual({ host: "127.244.1.2", port: 8080 });
});

test("the node's own kubelet passes, no other port of this machine", () => {
  expect(dialTarget("127.0.0.1:10250", 10250)).toEqual({ host: "127.0.0.1", port: 10250 });
  expect(dialTarget("127.0.0.1:2379", 10250)).toBeUndefined();
});

test.each([
  "127.244.1.2:80",
  "10.245.0.1:80",
  "192.168.0.1:80",
  "localhost:10250",
  "10.244.1.2",
  "10.244.1.2:0",
  "10.244.1.2:99999",
  "[::1]:10250",
  "10.244.1.2:80@x",
  "",
])("%j is refused", (authority) => {
  expect(dialTarget(authority, 10250)).toBeUndefined();
});
