/** What a key does in a list. */
export type ListKey =
  | { type: "move"; to: number }
  | { type: "open" }
  | { type: "select"; range: boolean }
  | { type: "menu" }
  | { type: "filter" }
  | { type: "leave" };

/** A pressed key, and where it was pressed. */
interface Pressed {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** What a key means when row `active` (-1: none) of `total` has the focus and `page` rows fit the view. Pure. */
export function listKey(
  pressed: Pressed,
  { active, total, page }: { active: number; total: number; page: number },
): ListKey | undefined {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return undefined;
  const move = (to: number): ListKey => ({ type: "move", to: Math.max(0, Math.min(total - 1, to)) });
  const moves: Record<string, number> = {
    ArrowDown: active + 1,
    j: active + 1,
    ArrowUp: active - 1,
    k: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: total - 1,
  };
  const to = moves[pressed.key];
  if (to !== undefined) return total > 0 ? move(to) : undefined;
  if (pressed.key === "/") return { type: "filter" };
  if (pressed.key === "Escape") return { type: "leave" };
  if (active < 0) return undefined;
  if (pressed.key === "Enter") return { type: "open" };
  if (pressed.key === " ") return { type: "select", range: pressed.shiftKey };
  return pressed.key === "m" ? { type: "menu" } : undefined;
}
