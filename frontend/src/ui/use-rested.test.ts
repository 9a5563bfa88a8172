import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useRested } from "./use-rested.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a value that is typed counts once it rests", () => {
  const seen = new Set<string>();
  const { rerender } = renderHook(({ text }) => seen.add(useRested(text, 400)), {
    initialProps: { text: "" },
  });
  for (const text of ["o", "or", "ord"]) {
    rerender({ text });
    act(() => void vi.advanceTimersByTime(300));
  }
  expect([...seen]).toEqual([""]);
  act(() => void vi.advanceTimersByTime(100));
  expect([...seen]).toEqual(["", "ord"]);
});
