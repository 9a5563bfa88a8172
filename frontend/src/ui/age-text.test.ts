import { describe, expect, it } from "vitest";
import { ageText, durationText } from "./age-text.ts";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

describe("durationText", () => {
  it.each([
    [-3, "0s"],
    [0, "0s"],
    [119, "119s"],
    [120, "2m"],
    [5 * minute + 3, "5m3s"],
    [10 * minute + 3, "10m"],
    [179 * minute, "179m"],
    [3 * hour, "3h"],
    [7 * hour + 5 * minute, "7h5m"],
    [47 * hour, "47h"],
    [2 * day + 4 * hour, "2d4h"],
    [8 * day + 4 * hour, "8d"],
    [729 * day, "729d"],
    [2 * 365 * day + 3 * day, "2y3d"],
    [9 * 365 * day, "9y"],
  ])("prints %i s as kubectl does: %s", (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});

describe("ageText", () => {
  it("counts from the time stamp", () => {
    expect(ageText("2026-01-01T00:00:00Z", Date.parse("2026-01-01T00:05:03.900Z"))).toBe("5m3s");
  });
  it("shows a dash for a missing or broken time stamp", () => {
    expect(ageText(undefined, 0)).toBe("–");
    expect(ageText("soon", 0)).toBe("–");
  });
});
