import { expect, test } from "vitest";
import { Cursor } from "./cursor.ts";
import { LineBuffer } from "./line-buffer.ts";
import { takeMerged } from "./merge.ts";

function buffer(times: string[], settings: Partial<LineBuffer> = {}, limit = 1e6): LineBuffer {
  const made = Object.assign(new LineBuffer(() => limit, new Cursor()), { activeAt: 0 }, settings);
  for (const time of times) made.push({ time, text: time });
  return made;
}
const limits = { lines: 100, characters: 1e6 };
const texts = (buffers: LineBuffer[], now: number): string[] =>
  takeMerged(buffers, { windowMs: 100, now, limits }).map(({ line }) => line.text);

test("lines come in order of time, and those of one stream in their own order", () => {
  expect(texts([buffer(["1", "4", "3"]), buffer(["2", "5"])], 200)).toEqual(["1", "2", "4", "3", "5"]);
});

test("a stream that may still bring an older line is waited for, within the window", () => {
  const slow = buffer([], { activeAt: 150 });
  const fast = buffer(["2", "3"]);
  expect(texts([slow, fast], 200)).toEqual([]);
  slow.push({ time: "1", text: "1" });
  expect(texts([slow, fast], 210)).toEqual(["1"]);
  expect(texts([slow, fast], 260)).toEqual(["2", "3"]);
});

test("a stream that has ended is not waited for, one that has not is for ever when the window has no end", () => {
  const lines = buffer(["1"]);
  const open = buffer([]);
  const take = (): number => takeMerged([lines, open], { windowMs: Infinity, now: 1e9, limits }).length;
  expect(take()).toBe(0);
  open.closed = true;
  expect(take()).toBe(1);
});

test("a live stream that nobody reads keeps its newest lines and counts the others", async () => {
  const full = buffer([], { caughtUp: true }, 10 * 101);
  for (let index = 0; index < 25; index++) full.push({ time: `${index}`, text: "x" });
  expect([full.dropped, full.size, full.first?.time]).toEqual([15, 10, "15"]);
});

test("a history is read no faster than it is taken", async () => {
  const history = buffer(["1", "2", "3"], {}, 200);
  let waited = false;
  const room = history.room(new AbortController().signal).then(() => (waited = true));
  await Promise.resolve();
  expect(waited).toBe(false);
  history.take();
  history.take();
  history.take();
  await room;
  expect([waited, history.dropped]).toEqual([true, 0]);
});
