import { expect, test } from "vitest";
import type { ObjectPageState } from "#api/object-page.ts";
import { standIn } from "./seen-page.ts";

const page = (object: object | null, more: Partial<ObjectPageState> = {}): ObjectPageState => ({
  liveness: "LIVE",
  staleSince: null,
  parts: { object },
  deleted: false,
  ...more,
});
const overview = page({ tab: "overview" });
const events = page({ tab: "events" });
const seen = { latest: events, byTab: { overview, events } };

test("while a tab loads, the head of the page stays and no other tab's object stands in for its own", () => {
  expect(standIn(seen, "yaml", undefined)).toEqual({ head: events, content: undefined });
  expect(standIn({ latest: undefined, byTab: {} }, "overview", undefined).head).toBeUndefined();
});

test("of an object that is gone each tab shows what it showed last, and one that was never open says so", () => {
  const gone = page(null, { liveness: "RECONNECTING", staleSince: "2026-11-22T10:00:00Z" });
  const overviewAfter = standIn(seen, "overview", gone);
  expect(overviewAfter.head).toMatchObject({ deleted: true, parts: { object: { tab: "events" } } });
  expect(overviewAfter.content).toEqual({ ...gone, deleted: true, parts: { object: { tab: "overview" } } });
  expect(standIn(seen, "yaml", gone).content).toMatchObject({ deleted: true, parts: { object: null } });
});

test("an object that never was is not deleted", () => {
  const none = page(null);
  expect(standIn({ latest: undefined, byTab: {} }, "overview", none)).toEqual({ head: none, content: none });
});
