import { describe, expect, it } from "vitest";
import { firstWindow, nextWindow } from "./window-range.ts";

describe("nextWindow", () => {
  it("needs no other while enough rows are ready on both sides", () => {
    expect(nextWindow({ start: 0, end: 25 }, firstWindow, 10_000)).toBeUndefined();
    expect(nextWindow({ start: 0, end: 45 }, { offset: 0, count: 50 }, 50)).toBeUndefined();
  });
  it("moves when the reader nears an edge", () => {
    expect(nextWindow({ start: 10, end: 35 }, firstWindow, 10_000)).toEqual({ offset: 0, count: 95 });
    expect(nextWindow({ start: 500, end: 530 }, { offset: 490, count: 145 }, 10_000)).toEqual({
      offset: 440,
      count: 150,
    });
  });
  it("reaches the end of 50,000 rows and stays there", () => {
    const last = nextWindow({ start: 49_970, end: 50_000 }, firstWindow, 50_000);
    expect(last).toEqual({ offset: 49_910, count: 150 });
    expect(nextWindow({ start: 49_970, end: 50_000 }, last ?? firstWindow, 50_000)).toBeUndefined();
  });
  it("never asks for more than two of which fit into 500 rows", () => {
    expect(nextWindow({ start: 1000, end: 1400 }, firstWindow, 10_000)?.count).toBeLessThanOrEqual(240);
  });
});
