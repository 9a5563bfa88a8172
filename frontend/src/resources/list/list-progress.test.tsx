import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { LoadingRows, RangeText } from "./list-progress.tsx";
import type { WindowState } from "./window-state.ts";

const window: WindowState = {
  liveness: "LIVE",
  staleSince: null,
  total: 10_000,
  unfiltered: 10_000,
  arriving: 0,
  offset: 0,
  order: [],
  rows: new Map(),
  columns: [],
  forbidden: [],
  warnings: [],
};

it.each([
  [{}, "1–50 of 10,000"],
  [{ arriving: 9500 }, "1–50 of 10,000, reading 9,500 more…"],
  [{ total: 60 }, "1–50 of 60 (filtered from 10,000)"],
  [{ total: 7, unfiltered: 7 }, "1–7 of 7"],
])("says which rows are seen, and how many are still read: %o", (over, text) => {
  render(<RangeText window={{ ...window, ...over }} first={0} last={49} />);
  const range = screen.getByRole("status");
  expect(range.textContent).toBe(text);
  // It changes with every page that is read.
  expect(range.getAttribute("aria-live")).toBe("off");
});

it("says how much of a list has been read", () => {
  const { rerender } = render(<LoadingRows label="Pods" progress={undefined} />);
  expect(screen.getByRole("status", { name: "Loading Pods" })).toBeTruthy();
  expect(screen.queryByRole("progressbar")).toBeNull();
  rerender(<LoadingRows label="Pods" progress={{ read: 3500, total: 10_000 }} />);
  const progress = screen.getByRole("progressbar", { name: "Read 3,500 of 10,000" });
  expect(progress.getAttribute("aria-valuenow")).toBe("35");
  // What is announced stays the same.
  expect(screen.getByRole("status", { name: "Loading Pods" }).textContent).toBe("");
});
