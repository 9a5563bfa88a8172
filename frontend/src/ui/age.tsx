import { useSyncExternalStore } from "react";
import { ageText, exactTime } from "./age-text.ts";

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

/** Of the last tick; while nothing ticks, of this moment. */
function current(): number {
  if (timer === undefined) now = Date.now();
  return now;
}

/** Time since an RFC 3339 time, ticking, as kubectl prints ages; the exact time is in its title. */
export function Age({ since }: { since: string | undefined }) {
  const text = useSyncExternalStore(subscribe, () => ageText(since, current()));
  if (since === undefined) return <span>–</span>;
  return (
    <time dateTime={since} title={exactTime(since)}>
      {text}
    </time>
  );
}
