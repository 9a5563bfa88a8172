import { expect, test } from "vitest";
import { parseLogPath, parseLogQuery } from "./log-query.ts";

const query = (text: string) => parseLogQuery(new URLSearchParams(text), 1_000_000);

test("the path names namespace, pod and container", () => {
  expect(parseLogPath("/containerLogs/default/my-pod/main")).toEqual({
    namespace: "default",
    pod: "my-pod",
    container: "main",
  });
  expect(parseLogPath("/containerLogs/default/my-pod")).toBeUndefined();
  expect(parseLogPath("/containerLogs/a/b/c/d")).toBeUndefined();
});

test("every option is understood", () => {
  expect(query("follow=true&previous=true&timestamps=true&tailLines=5&limitBytes=9&sinceSeconds=10")).toEqual(
    {
      follow: true,
      previous: true,
      timestamps: true,
      tailLines: 5,
      limitBytes: 9,
      since: 990_000,
    },
  );
  expect(query("")).toEqual({ follow: false, previous: false, timestamps: false });
  expect(query("sinceTime=1970-01-01T00:00:07Z")).toMatchObject({ since: 7000 });
});

test.each([
  ["tailLines=-1", "tailLines"],
  ["tailLines=abc", "tailLines"],
  ["limitBytes=0", "limitBytes"],
  ["sinceTime=yesterday", "sinceTime"],
])("%s is refused", (text, named) => {
  expect(() => query(text)).toThrow(named);
});
