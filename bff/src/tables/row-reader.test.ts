import { jobs, pods } from "@kyma/kube/resource-types.ts";
import { expect, test } from "vitest";
import { RowReader } from "./row-reader.ts";
import { serverColumns } from "./server-columns.ts";

const shape = { objects: false, extract: [] };
const now = Date.parse("2026-01-02T00:00:00Z");

function reader(
  type: typeof pods,
  names: string[],
): (creationTimestamp: string, ...cells: unknown[]) => unknown[] {
  const made = new RowReader(type, shape);
  made.columns = serverColumns(names.map((name) => ({ name, type: "string" })));
  made.now = now;
  return (creationTimestamp, ...cells) => {
    const metadata = { uid: "u", name: "x", namespace: "n", creationTimestamp };
    const object = { apiVersion: "v1", kind: "X", metadata };
    return made.read({ cells: ["x", ...cells], object }).cells.slice(1);
  };
}

const long = "2025-12-20T00:00:00Z";
const readJob = reader(jobs, ["Name", "Status", "Duration"]);

test.each([
  ["Running", "3h", "2026-01-01T20:59:58Z"],
  ["Terminating", "45s", "2026-01-01T23:59:15Z"],
  ["Complete", "3h", "3h"],
  ["Failed", "3h", "3h"],
  ["Suspended", "", ""],
])("the duration of a Job that is %s, %j, is kept as %j", (status, duration, kept) => {
  expect(readJob(long, status, duration)).toEqual([status, kept]);
});

test("a Job that started when it was made has run since then, to the second", () => {
  expect(readJob("2026-01-01T20:59:21Z", "Running", "3h")).toEqual(["Running", "2026-01-01T20:59:21Z"]);
  expect(readJob("2026-01-01T20:58:57Z", "Running", "3h")).toEqual(["Running", "2026-01-01T20:59:58Z"]);
});

test("a duration of any other kind stays as it is", () => {
  expect(reader(pods, ["Name", "Status", "Duration"])(long, "Running", "3h")).toEqual(["Running", "3h"]);
});
