import { expect, it } from "vitest";
import type { WindowMessage } from "./lists.ts";
import { isWhole } from "./lists.ts";

const message: WindowMessage = {
  liveness: "LIVE",
  staleSince: null,
  revision: 1,
  snapshot: true,
  total: 0,
  unfiltered: 0,
  arriving: 0,
  offset: 0,
  columns: [],
  order: [],
  rows: [],
  forbidden: [],
  warnings: [],
};

it.each([
  [{}, true],
  [{ arriving: 9500 }, false],
  [{ snapshot: false }, false],
])("counts on the rows of a message only when the whole list is there: %o", (over, whole) => {
  expect(isWhole({ ...message, ...over })).toBe(whole);
});
