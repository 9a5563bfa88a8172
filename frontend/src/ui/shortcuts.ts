import { useEffect, useRef } from "react";

/** A key, or two one after the other ("g p"); `mod` is Ctrl, on a Mac Cmd. */
export interface Shortcut {
  keys: string;
  /** What it does, for the help page. */
  text: string;
  run: () => void;
}

const registered = new Map<string, Shortcut>();
/** How long (ms) the second key of two may take. */
const patience = 1200;
let first: { key: string; at: number } | undefined;

/** How a key press is written in `keys`: "mod+k", "?", "g". Pure. */
export function keyText(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey">): string {
  const mod = event.ctrlKey || event.metaKey ? "mod+" : "";
  return mod + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
}

/** Which of the known keys a press completes, given what was pressed just before. Pure. */
export function completedKeys(
  known: Iterable<string>,
  before: string | undefined,
  pressed: string,
): string | undefined {
  const keys = new Set(known);
  const both = before === undefined ? undefined : `${before} ${pressed}`;
  if (both !== undefined && keys.has(both)) return both;
  return keys.has(pressed) ? pressed : undefined;
}

/** Whether the person is writing, so that letters are letters. */
function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.closest("input, textarea, select, .monaco-editor, .xterm") !== null
  );
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  const pressed = keyText(event);
  if (!pressed.startsWith("mod+") && isWriting(event.target)) return;
  // In a dialog only what belongs to it counts.
  if (!pressed.startsWith("mod+") && document.querySelector('[aria-modal="true"]')) return;
  const before = first && Date.now() - first.at < patience ? first.key : undefined;
  const keys = completedKeys(registered.keys(), before, pressed);
  first = keys === undefined ? { key: pressed, at: Date.now() } : undefined;
  if (keys === undefined) return;
  event.preventDefault();
  registered.get(keys)?.run();
}

/** Makes keys do something as long as the component is there. */
export function useShortcut(keys: string, text: string, run: () => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (registered.size === 0) document.addEventListener("keydown", onKey);
    const shortcut = { keys, text, run: () => latest.current() };
    registered.set(keys, shortcut);
    return () => {
      if (registered.get(keys) === shortcut) registered.delete(keys);
      if (registered.size === 0) document.removeEventListener("keydown", onKey);
    };
  }, [keys, text]);
}

/** Every shortcut that works now, in the order in which they were made known. */
export function allShortcuts(): Shortcut[] {
  return [...registered.values()];
}
