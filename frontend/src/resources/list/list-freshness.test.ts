import { expect, it } from "vitest";
import type { Connection } from "#api/connection.ts";
import { listFreshness } from "./list-freshness.ts";
import type { WindowState } from "./window-state.ts";
import type { ListState } from "./window-store.ts";

const connected: Connection = { state: "connected", since: 5, epoch: 1 };
const window: WindowState = {
  liveness: "LIVE",
  staleSince: null,
  total: 10,
  unfiltered: 10,
  arriving: 0,
  offset: 0,
  order: [],
  rows: new Map(),
  columns: [],
  forbidden: [],
  warnings: [],
};
const shown: ListState = { window, pending: false, lostAt: undefined, progress: undefined, error: undefined };

it.each<[string, Partial<ListState>, Partial<Connection>, object]>([
  ["all is there", {}, {}, { state: "live" }],
  ["nothing is there", { window: undefined }, {}, { state: "loading" }],
  ["another filter is answered", { pending: true }, {}, { state: "loading" }],
  ["only the first rows are there", { window: { ...window, arriving: 3 } }, {}, { state: "loading" }],
  ["the whole list is read first", { progress: { read: 1, total: 2 } }, {}, { state: "loading" }],
  ["the stream is lost", { lostAt: 7 }, {}, { state: "stale", since: 7 }],
  ["the socket is lost", {}, { state: "reconnecting", since: 9 }, { state: "stale", since: 9 }],
  [
    "the server has lost the cluster half-way",
    { window: { ...window, arriving: 3, liveness: "RECONNECTING", staleSince: "1970-01-01T00:00:08Z" } },
    {},
    { state: "stale", since: 8000 },
  ],
])("when %s", (_, state, connection, freshness) => {
  expect(listFreshness({ ...shown, ...state }, { ...connected, ...connection })).toEqual(freshness);
});
