import { expect, test } from "vitest";
import type { Row, ServerColumn } from "./row.ts";
import { compareKeys, natural, sortKeyOf } from "./sort-key.ts";
import { WantedView, type ViewInput } from "./wanted-view.ts";
import { WindowPlace } from "./window-place.ts";

const columns: ServerColumn[] = ["Name", "Ready", "Restarts", "Size", "Age"].map((name) => ({
  id: { Name: "name", Age: "age" }[name] ?? `cell:${name}`,
  name,
  type: name === "Age" ? "date" : "string",
  description: "",
  priority: 0,
}));

/** Numbers that look random and are the same in every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function randomRow(key: string, random: (below: number) => number): Row {
  const name = `pod-${random(30)}`;
  const age = new Date(Date.UTC(2026, 0, 1 + random(20))).toISOString();
  const restarts = random(2) ? String(random(12)) : `${random(12)} (3h ago)`;
  const size = ["100Mi", "2Gi", "<none>", "3Ki", "17"][random(5)];
  return {
    key,
    namespace: `ns-${random(3)}`,
    name,
    nameKey: natural(name),
    createdAt: age,
    labels: { app: `app-${random(4)}` },
    cells: [name, `${random(3)}/3`, restarts, size, age],
    extras: [],
    object: { apiVersion: "v1", kind: "Pod", metadata: { name }, spec: { count: random(5) } },
  };
}

const views: ViewInput[] = [
  {},
  { sort: [{ column: "cell:Restarts", descending: true }] },
  { sort: [{ column: "cell:Size", descending: true }] },
  {
    sort: [
      { column: "cell:Ready", descending: false },
      { column: "age", descending: true },
    ],
  },
  { sort: [{ column: "label:app", descending: false }] },
  { text: "pod-1 ns-2", sort: [{ column: "name", descending: true }] },
  { where: "object.spec.count > 2", sort: [{ column: "jsonpath:{.spec.count}", descending: true }] },
  { where: "object.spec.count / (object.spec.count - 3) > 0 && object.nope == 1" },
];

test.each(views)("after any changes the view %j is what it would be if it were built anew", (input) => {
  for (let seed = 1; seed <= 10; seed++) {
    const random = randomFrom(seed);
    const rows = new Map<string, Row>();
    const wanted = new WantedView(input);
    const view = wanted.build(columns);
    view.rebuild(rows.values());
    for (let change = 0; change < 400; change++) {
      const key = `uid-${random(60)}`;
      const row = random(4) === 0 ? undefined : randomRow(key, random);
      if (row) rows.set(key, row);
      else rows.delete(key);
      view.update(key, row);
    }
    const fresh = wanted.build(columns);
    fresh.rebuild(rows.values());
    expect(view.slice(0, Infinity)).toEqual(fresh.slice(0, Infinity));
    expect(view.failures?.count).toBe(fresh.failures?.count);
    for (const [index, { key }] of view.slice(0, Infinity).entries()) expect(view.indexOf(key)).toBe(index);
  }
});

test.each([
  [["3Ki", "100Mi", "2Gi"], "string"],
  [["0/1", "1/3", "2/3", "1/1", "3/3"], "string"],
  [["0", "2 (3h ago)", "10", "11 (5m ago)"], "string"],
  [["web-2", "web-10", "web-11"], "string"],
  [["10.0.0.9", "10.0.0.10", "10.0.1.1"], "string"],
  [["45s", "3m4s", "5m", "2h"], "duration"],
  [["2026-01-03T00:00:00Z", "2026-01-02T00:00:00Z"], "date"],
  [["500m", "1", "1500m"], "string"],
])("%j is in order as %s", (texts, type) => {
  const sorted = texts
    .toReversed()
    .toSorted((a, b) => compareKeys(sortKeyOf(a, type), sortKeyOf(b, type), false));
  expect(sorted).toEqual(texts);
});

test("what has no value comes last in either direction", () => {
  for (const descending of [true, false]) {
    const sorted = ["<none>", "b", "a"].toSorted((a, b) =>
      compareKeys(sortKeyOf(a, ""), sortKeyOf(b, ""), descending),
    );
    expect(sorted.at(-1)).toBe("<none>");
  }
});

const named = (...names: string[]): Row[] =>
  names.map((name) => ({
    key: name,
    namespace: "",
    name,
    nameKey: natural(name),
    createdAt: "",
    labels: {},
    cells: [name],
    extras: [],
  }));

test("a window with an anchor stays with its rows, also when the anchor goes", () => {
  const view = new WantedView({}).build(columns);
  view.rebuild(named("b", "d", "f", "h", "j"));
  const place = new WindowPlace({ offset: 2, count: 2, anchor: "f" });
  const taken = (): string[] => place.take(view).rows.map(({ key }) => key);
  expect(taken()).toEqual(["f", "h"]);
  for (const row of named("a", "c")) view.update(row.key, row);
  expect(taken()).toEqual(["f", "h"]);
  view.update("f", undefined);
  expect(taken()).toEqual(["d", "h"]);
  for (const row of named("aa", "bb")) view.update(row.key, row);
  expect(taken()).toEqual(["d", "h"]);
});

test("a window behind the end shows the last rows", () => {
  const view = new WantedView({}).build(columns);
  view.rebuild(named("a", "b", "c"));
  expect(new WindowPlace({ offset: 90, count: 2 }).take(view)).toMatchObject({
    offset: 1,
    rows: [{ key: "b" }, { key: "c" }],
  });
});
