import { describe, expect, it } from "vitest";
import { mergeLines, plainText, searchLines } from "./log-lines.ts";

const line = (time: string, text: string) => ({ time, text });

describe("mergeLines", () => {
  it("orders lines of several pods by time, with fractions of any length", () => {
    const merged = mergeLines([
      { source: "a", lines: [line("2026-01-01T00:00:00.5Z", "2"), line("2026-01-01T00:00:01Z", "4")] },
      {
        source: "b",
        lines: [line("2026-01-01T00:00:00Z", "1"), line("2026-01-01T00:00:00.500000001Z", "3")],
      },
    ]);
    expect(merged.map(({ text }) => text)).toEqual(["1", "2", "3", "4"]);
  });
  it("keeps the order of lines with the same time", () => {
    const time = "2026-01-01T00:00:00Z";
    const merged = mergeLines([
      { source: "a", lines: [line(time, "1"), line(time, "2")] },
      { source: "b", lines: [line(time, "3")] },
    ]);
    expect(merged.map(({ text }) => text)).toEqual(["1", "2", "3"]);
  });
});

describe("searchLines", () => {
  const lines = mergeLines([{ source: "web-1", lines: [line("t", "GET /Orders"), line("t", "done")] }]);
  it("finds text in any case, also in the source", () => {
    expect(searchLines(lines, "orders")).toHaveLength(1);
    expect(searchLines(lines, "WEB-1")).toHaveLength(2);
    expect(searchLines(lines, "  ")).toHaveLength(2);
  });
});

describe("plainText", () => {
  it("drops colours", () => {
    expect(plainText("\u001B[31mred\u001B[0m alert")).toBe("red alert");
  });
});
