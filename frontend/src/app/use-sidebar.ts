import { useRouterState } from "@tanstack/react-router";
import { useEffect, useState } from "react";

/** Below this width (PatternFly's xl) the sidebar lies over the page. */
const narrow = matchMedia("(width < 75rem)");

/** Whether the sidebar is open: beside the page on wide screens, over it (and gone after a choice) on narrow ones. */
export function useSidebar(): { isOpen: boolean; toggle: () => void } {
  const [isOpen, setOpen] = useState(!narrow.matches);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(() => {
    const follow = () => setOpen(!narrow.matches);
    narrow.addEventListener("change", follow);
    return () => narrow.removeEventListener("change", follow);
  }, []);
  useEffect(() => {
    if (narrow.matches) setOpen(false);
  }, [path]);
  return { isOpen, toggle: () => setOpen((open) => !open) };
}
