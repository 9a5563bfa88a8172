import { useRouterState } from "@tanstack/react-router";
import { useState, useSyncExternalStore } from "react";

/** Below this width (PatternFly's xl) the sidebar lies over the page. */
const narrow = matchMedia("(width < 75rem)");

function subscribe(listener: () => void): () => void {
  narrow.addEventListener("change", listener);
  return () => narrow.removeEventListener("change", listener);
}

/** Whether the sidebar is open: beside the page on wide screens, over it (and gone after a choice) on narrow ones. */
export function useSidebar(): { isOpen: boolean; toggle: () => void } {
  const isNarrow = useSyncExternalStore(subscribe, () => narrow.matches);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [besideOpen, setBesideOpen] = useState(true);
  // The page over which it was opened: on the next page it is closed.
  const [overPath, setOverPath] = useState<string>();
  if (!isNarrow) return { isOpen: besideOpen, toggle: () => setBesideOpen(!besideOpen) };
  const isOpen = overPath === path;
  return { isOpen, toggle: () => setOverPath(isOpen ? undefined : path) };
}
