import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { FreshnessBadge } from "./freshness-badge.tsx";

it("says live, or stale since when", () => {
  const { rerender } = render(<FreshnessBadge freshness={{ state: "live" }} />);
  expect(screen.getByText("live")).toBeTruthy();
  const since = new Date(2026, 0, 1, 9, 5, 7).getTime();
  rerender(<FreshnessBadge freshness={{ state: "stale", since }} />);
  expect(screen.getByText("reconnecting, stale since 09:05:07")).toBeTruthy();
});
