import { describe, expect, it } from "vitest";
import type { LogLine, LogState } from "./live-logs.ts";
import { applyLogMessage, logLineLimit } from "./live-logs.ts";

const line = (time: string, text: string): LogLine => ({ time: `2026-01-01T00:00:${time}Z`, text });

function apply(state: LogState | undefined, epoch: number, lines: LogLine[], ended = false): LogState {
  return applyLogMessage(state, { data: { podLogs: { lines, ended } }, epoch, at: 0 });
}
const texts = (state: LogState) => state.lines.map(({ text }) => text);

describe("applyLogMessage", () => {
  it("appends, also lines that look the same", () => {
    const first = apply(undefined, 1, [line("01", "tick")]);
    expect(texts(apply(first, 1, [line("01", "tick")]))).toEqual(["tick", "tick"]);
  });
  it("shows nothing twice and misses nothing when the tail comes again after a reconnect", () => {
    const before = apply(undefined, 1, [line("01", "a"), line("02.5", "b"), line("02.5", "b")]);
    const replay = [
      line("01", "a"),
      line("02.500000000", "b"),
      line("02.5", "b"),
      line("02.5", "c"),
      line("03", "d"),
    ];
    expect(texts(apply(before, 2, replay))).toEqual(["a", "b", "b", "c", "d"]);
  });
  it("goes on dropping while a replay comes in several batches", () => {
    const before = apply(undefined, 1, [line("01", "a"), line("02", "b")]);
    const between = apply(before, 2, [line("01", "a")]);
    const after = apply(between, 2, [line("02", "b"), line("03", "c")]);
    expect(texts(after)).toEqual(["a", "b", "c"]);
    expect(texts(apply(after, 2, [line("03", "c")]))).toEqual(["a", "b", "c", "c"]);
  });
  it("keeps a bounded number of lines, the newest", () => {
    const many = Array.from({ length: logLineLimit + 5 }, (_, index) => line("01", String(index)));
    const state = apply(undefined, 1, many);
    expect(state.lines).toHaveLength(logLineLimit);
    expect(state.lines.at(-1)?.text).toBe(String(logLineLimit + 4));
  });
  it("knows when the container has ended", () => {
    expect(apply(undefined, 1, [], true).ended).toBe(true);
  });
});
