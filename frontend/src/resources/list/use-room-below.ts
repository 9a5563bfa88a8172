import type { RefObject } from "react";
import { useLayoutEffect } from "react";

/** Tells an element's style how far from the top of the window it begins, so that it can end where the window ends. */
export function useRoomBelow(element: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const own = element.current;
    const parent = own?.parentElement;
    if (!own || !parent) return;
    const measure = () => {
      const scrolled = own.closest("main")?.scrollTop ?? 0;
      const top = Math.round(own.getBoundingClientRect().top + scrolled);
      own.style.setProperty("--kyma-grid-top", `${top}px`);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(parent);
    return () => observer.disconnect();
  }, [element]);
}
