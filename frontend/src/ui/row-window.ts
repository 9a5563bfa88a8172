import type { RefObject } from "react";
import { useEffect, useState } from "react";

/** Which rows to render, and how much room (px) the others take above and below. */
export interface RowWindow {
  start: number;
  end: number;
  before: number;
  after: number;
}

const overscan = 12;

/** The window for a scroll position; pure. Heights in px. */
export function rowWindow(
  count: number,
  rowHeight: number,
  scrollTop: number,
  viewHeight: number,
): RowWindow {
  const first = Math.min(Math.floor(scrollTop / rowHeight), Math.max(0, count - 1));
  const start = Math.max(0, first - overscan);
  const end = Math.min(count, first + Math.ceil(viewHeight / rowHeight) + overscan);
  return { start, end, before: start * rowHeight, after: (count - end) * rowHeight };
}

/** Keeps the rendered rows few, however many there are: follows the scrolling of `container`. All rows must be `rowHeight` px high. */
export function useRowWindow(
  container: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): RowWindow {
  const [view, setView] = useState({ top: 0, height: 800 });
  useEffect(() => {
    const element = container.current;
    if (!element) return;
    const read = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(read);
    observer.observe(element);
    element.addEventListener("scroll", read, { passive: true });
    read();
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", read);
    };
  }, [container]);
  return rowWindow(count, rowHeight, view.top, view.height);
}
