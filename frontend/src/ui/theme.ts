import { useSyncExternalStore } from "react";
import { recall, remember } from "./storage.ts";

export type ThemeChoice = "light" | "dark" | "system";

// public/theme.js does the same before the first paint.
const darkClass = "pf-v6-theme-dark";
const listeners = new Set<() => void>();
const systemDark = matchMedia("(prefers-color-scheme: dark)");
let choice: ThemeChoice = parse(recall("theme"));

systemDark.addEventListener("change", paint);
// The system may have changed between the first paint and now.
paint();

function parse(text: string | undefined): ThemeChoice {
  return text === "light" || text === "dark" ? text : "system";
}

function isDark(): boolean {
  return choice === "dark" || (choice === "system" && systemDark.matches);
}

function paint(): void {
  document.documentElement.classList.toggle(darkClass, isDark());
  for (const listener of listeners) listener();
}

/** Changes the theme at once and remembers it for the next visit. */
export function chooseTheme(next: ThemeChoice): void {
  choice = next;
  remember("theme", next);
  paint();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The person's choice. */
export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, () => choice);
}

/** True when the dark theme shows, whether chosen or the system's. */
export function useDark(): boolean {
  return useSyncExternalStore(subscribe, isDark);
}
