import { expect, it } from "vitest";
import { mergeReport } from "./report.ts";

const section = (name: string, value: number) => ({
  name,
  date: "2026-01-01",
  machine: "2 cores",
  results: [{ name: "speed", value, unit: "req/s", ratio: 0.812, peer: "node:http", gate: "ratio ≥ 0.8" }],
});

it("replaces the section that ran and keeps the others", () => {
  const first = mergeReport(mergeReport("", section("b", 1)), section("a", 12_345));
  const second = mergeReport(first, section("b", 2));
  expect(second.match(/^## .*$/gm)).toEqual(["## a", "## b"]);
  expect(second).toContain("| speed | 12,345 | req/s | 0.81 | node:http | ratio ≥ 0.8 |  |");
  expect(second).toContain("| speed | 2 |");
  expect(second).not.toContain("| speed | 1 |");
});
