import { act, fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { FeedRow } from "./feed-store.ts";
import type { TailedEvent } from "./live-eventing.ts";
import { TailCounts } from "./tail-counts.tsx";
import { TailTable } from "./tail-table.tsx";

let read = 0;
/** Counts how often its source is read: once for each time that its row is rendered. */
function row(number: number): FeedRow<TailedEvent> {
  const item: TailedEvent = {
    time: "2026-01-31T12:00:00Z",
    type: `type.${number}`,
    event: `{"id":"${number}","data":{"n":9007199254740993}}`,
    truncated: false,
    get source() {
      read += 1;
      return "shop";
    },
  };
  return { number, item };
}
const rows = (from: number, count: number) => Array.from({ length: count }, (_, index) => row(from - index));
const shown = () => screen.getAllByRole("button").map(({ textContent }) => textContent);

test("rows that are there already are not rendered again when others come", () => {
  const old = rows(500, 500);
  const { rerender } = render(<TailTable rows={old} />);
  read = 0;
  rerender(<TailTable rows={[...rows(502, 2), ...old.slice(0, 498)]} />);
  expect(read).toBe(2);
});

test("a focused row stays, and keeps the focus, until the focus leaves the rows", () => {
  const { rerender } = render(<TailTable rows={rows(3, 3)} />);
  const button = screen.getByRole("button", { name: "type.2" });
  act(() => button.focus());
  rerender(<TailTable rows={rows(900, 3)} />);
  expect(document.activeElement).toBe(button);
  expect(shown()).toEqual(["type.3", "type.2", "type.1"]);
  expect(screen.getByRole("status").textContent).toContain("stay as they are");
  act(() => button.blur());
  expect(shown()).toEqual(["type.900", "type.899", "type.898"]);
});

test("an event is shown in full as it was written, and its row stays meanwhile", () => {
  const { rerender } = render(<TailTable rows={rows(3, 3)} />);
  const button = screen.getByRole("button", { name: "type.2" });
  act(() => button.focus());
  fireEvent.click(button);
  rerender(<TailTable rows={rows(900, 3)} />);
  expect(screen.getByRole("dialog").textContent).toContain("9007199254740993");
  expect(screen.getByText("type.3")).toBeTruthy();
});

test("a gap stands where something may be missing", () => {
  render(<TailTable rows={[row(2), { number: 1, item: undefined }, row(0)]} />);
  expect(screen.getAllByRole("row")[2]?.textContent).toContain("Something may be missing here");
});

test("counts are not announced as they change, a pause is", () => {
  const counts = (seen: number, seenAtPause?: number, isSameFilter = true) => (
    <TailCounts now={{ seen, omitted: 3 }} seenAtPause={seenAtPause} isSameFilter={isSameFilter} />
  );
  const { rerender } = render(counts(10));
  expect(screen.getByRole("status").textContent).toBe("");
  rerender(counts(20));
  expect(screen.getByText("20 seen, 3 left out as there were too many.")).toBeTruthy();
  expect(screen.getByRole("status").textContent).toBe("");
  rerender(counts(30, 20));
  const announced = screen.getByRole("status").textContent;
  expect(announced).toBe("Paused after 20 events.");
  rerender(counts(40, 20));
  expect(screen.getByText(/20 since the pause/)).toBeTruthy();
  expect(screen.getByRole("status").textContent).toBe(announced);
  rerender(counts(2, 20, false));
  expect(screen.getByText(/2 since the pause/)).toBeTruthy();
});
