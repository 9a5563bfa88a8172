import type { RefObject } from "react";
import { useEffect, useLayoutEffect, useRef } from "react";
import type { WindowState } from "./window-state.ts";
import { indexOfKey } from "./window-state.ts";

/**
 * Keeps what a person reads where it is while rows above it come and go: scrolls by as much as the first row that is still there has
 * moved. At the very top nothing is held, so that new rows show.
 */
export function useAnchoredScroll(
  scroller: RefObject<HTMLElement | null>,
  window: WindowState,
  rowHeight: number,
): void {
  const seen = useRef<{ key: string; index: number }[]>([]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || element.scrollTop < rowHeight) return;
    for (const { key, index } of seen.current) {
      const now = indexOfKey(window, key);
      if (now < 0) continue;
      if (now !== index) element.scrollBy({ top: (now - index) * rowHeight, behavior: "instant" });
      break;
    }
  }, [scroller, window, rowHeight]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const first = Math.floor(element.scrollTop / rowHeight) - window.offset;
    const keys = window.order.slice(Math.max(0, first), Math.max(0, first) + 30);
    seen.current = keys.map((key, place) => ({ key, index: window.offset + Math.max(0, first) + place }));
  });
}
