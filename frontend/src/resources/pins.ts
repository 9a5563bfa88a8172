import { useSyncExternalStore } from "react";
import { parseJson } from "#ui/parse-json.ts";
import { recall, remember } from "#ui/storage.ts";

const most = 20;
let pins: readonly string[] | undefined;
const listeners = new Set<() => void>();

function read(): readonly string[] {
  if (pins === undefined) {
    const list = parseJson(recall("pins"));
    pins = Array.isArray(list) ? list.filter((key): key is string => typeof key === "string") : [];
  }
  return pins;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Kinds that the person wants at the top of the navigation, as `plural` or `plural.group`; kept in this browser. */
export function usePins(): readonly string[] {
  return useSyncExternalStore(subscribe, read);
}

/** Pins a kind, or takes its pin away. */
export function togglePin(key: string): void {
  const now = read();
  pins = now.includes(key) ? now.filter((other) => other !== key) : [...now, key].slice(-most);
  remember("pins", JSON.stringify(pins));
  for (const listener of listeners) listener();
}
