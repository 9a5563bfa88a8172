import { expect, test } from "vitest";
import { exitStatus, parseSize } from "../sessions/remote-streams.ts";
import { parsePort } from "../sessions/port-forward.ts";
import { chooseProtocol, parseStreamingRequest } from "./streaming-request.ts";

const parse = (path: string) => parseStreamingRequest(new URL(path, "https://kubelet"));

test("an exec names its container, command and streams", () => {
  expect(parse("/exec/n/p/c?command=sh&command=-c&command=a%20b&input=1&output=1&error=1")).toEqual({
    kind: "exec",
    namespace: "n",
    pod: "p",
    container: "c",
    command: ["sh", "-c", "a b"],
    wanted: { stdin: true, stdout: true, stderr: true, tty: false },
  });
});

test("a terminal has one output", () => {
  expect(parse("/attach/n/p/c?output=1&error=1&tty=1")).toMatchObject({
    wanted: { stdin: false, stdout: true, stderr: false, tty: true },
  });
});

test("port-forward names a pod", () => {
  expect(parse("/portForward/n/p")).toEqual({ kind: "portForward", namespace: "n", pod: "p" });
});

test.each([
  "/exec/n/p",
  "/exec/n/p/c/d",
  "/portForward/n",
  "/portForward/n/p/c",
  "/other/n/p/c",
  "/exec//p/c",
])("%s is no streaming request", (path) => {
  expect(parse(path)).toBeUndefined();
});

test.each([
  ["/exec/n/p/c?output=1", "command"],
  ["/exec/n/p/c?command=&output=1", "command"],
  ["/exec/n/p/c?command=a%00b&output=1", "NUL"],
  ["/exec/n/p/c?command=sh", "stdin, stdout, stderr"],
  [`/exec/n/p/c?output=1${"&command=a".repeat(1025)}`, "1024"],
])("%s is refused", (path, named) => {
  expect(() => parse(path)).toThrow(named);
});

test("the client's first known protocol is spoken", () => {
  expect(chooseProtocol("exec", ["v6.channel.k8s.io", "v5.channel.k8s.io, v4.channel.k8s.io"])).toBe(
    "v5.channel.k8s.io",
  );
  expect(chooseProtocol("exec", ["v2.channel.k8s.io"])).toBeUndefined();
  expect(chooseProtocol("portForward", ["portforward.k8s.io"])).toBe("portforward.k8s.io");
  expect(chooseProtocol("portForward", ["v4.channel.k8s.io"])).toBeUndefined();
});

test("an exit code is told as the API tells it", () => {
  expect(exitStatus(0)).toEqual({ metadata: {}, status: "Success" });
  expect(exitStatus(3)).toMatchObject({
    reason: "NonZeroExitCode",
    details: { causes: [{ reason: "ExitCode", message: "3" }] },
  });
});

test("sizes and ports are read with care", () => {
  expect(parseSize('{"Width":80,"Height":24}')).toEqual({ columns: 80, rows: 24 });
  for (const text of ["", "x", "{}", '{"Width":"80","Height":24}', "null"])
    expect(parseSize(text)).toBeUndefined();
  expect(parsePort("8080")).toBe(8080);
  for (const text of ["", "0", "65536", "80x", "-1", "1e3"]) expect(parsePort(text)).toBeUndefined();
});
