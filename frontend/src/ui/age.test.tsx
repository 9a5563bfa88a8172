import { act, render } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { Age } from "./age.tsx";

afterEach(() => void vi.useRealTimers());

it("is right from its first moment, however long no age was shown, and ticks", () => {
  vi.useFakeTimers({ now: Date.parse("2036-01-01T00:00:00Z") });
  const first = render(<Age since="2035-12-31T23:00:00Z" />);
  expect(first.container.textContent).toBe("60m");
  act(() => void vi.advanceTimersByTime(60_000));
  expect(first.container.textContent).toBe("61m");
  first.unmount();

  vi.advanceTimersByTime(3_600_000);
  const texts: (string | null)[] = [];
  const later = render(<Age since="2035-12-31T23:00:00Z" />, {
    wrapper: ({ children }) => (
      <span ref={(element) => void texts.push(element?.textContent ?? null)}>{children}</span>
    ),
  });
  expect(texts).toEqual(["121m"]);
  expect(later.container.textContent).toBe("121m");
});
