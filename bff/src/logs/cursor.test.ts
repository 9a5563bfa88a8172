import { expect, test } from "vitest";
import type { LogLine } from "../resources/log-lines.ts";
import { Cursor, normalTime, Skip } from "./cursor.ts";

const line = (time: string, text: string): LogLine => ({
  time: normalTime(`2026-01-01T00:00:${time}Z`),
  text,
});

test.for([
  ["2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000000000Z"],
  ["2026-01-01T00:00:00.12Z", "2026-01-01T00:00:00.120000000Z"],
  ["2026-01-01T02:30:00.5+02:30", "2026-01-01T00:00:00.500000000Z"],
  ["", ""],
])("%s becomes %s", ([time, normal]) => expect(normalTime(time ?? "")).toBe(normal));

/** What a kubelet sends since whole seconds, after `from` lines were never asked for. */
function resume(log: LogLine[], cut: number, from = 0): LogLine[] {
  const cursor = new Cursor({ tailed: from > 0 });
  for (const one of log.slice(from, cut)) cursor.advance(one);
  const skip = new Skip(Cursor.parse(cursor.toText()));
  return log
    .filter(({ time }) => time.slice(0, 19) >= (cursor.since ?? "").slice(0, 19))
    .filter((one) => !skip.has(one));
}

const log = [
  line("01.1", "a"),
  line("01.5", "b"),
  line("01.5", "b"),
  line("01.5", "c"),
  // Two writers of one log may change places.
  line("01.4", "late"),
  line("02.0", "d"),
  line("02.0", "d"),
  line("01.9", "later still"),
  line("03", "e"),
];

test("wherever a log is cut, what comes after is the rest, once", () => {
  for (let cut = 1; cut <= log.length; cut++) {
    // What is out of order by more than the second is not asked for again; the API knows no better.
    const rest = log.slice(cut).filter(({ time }) => time >= (log[cut - 1]?.time.slice(0, 19) ?? ""));
    expect(resume(log, cut).map(({ text }) => text)).toEqual(rest.map(({ text }) => text));
  }
});

test("a tail that begins within a second goes on where it was cut", () => {
  const second = Array.from({ length: 50 }, (_, index) => line(`07.${index < 25 ? 1 : 2}`, `line ${index}`));
  for (let cut = 31; cut <= 50; cut++) {
    expect(resume(second, cut, 30)).toEqual(second.slice(cut));
  }
});

test("a log that was rotated meanwhile loses no newer line", () => {
  const cursor = new Cursor();
  for (const one of log) cursor.advance(one);
  const skip = new Skip(cursor);
  expect(skip.has(line("03.1", "new"))).toBe(false);
  expect(skip.has(line("03.1", "new"))).toBe(false);
});

test("a cursor that is not ours is refused", () => {
  expect(() => Cursor.parse("2026 1")).toThrow(/cannot be read/);
});
