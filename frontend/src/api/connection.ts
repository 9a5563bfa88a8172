import { useSyncExternalStore } from "react";

export type ConnectionState = "idle" | "connecting" | "connected" | "reconnecting";

/** The live connection of this tab. `since` is the time of the last change in ms; `epoch` counts the connections made. */
export interface Connection {
  state: ConnectionState;
  since: number;
  epoch: number;
}

let current: Connection = { state: "idle", since: Date.now(), epoch: 0 };
const listeners = new Set<() => void>();

/** Records a new state of the socket; the same state again changes nothing. */
export function setConnectionState(state: ConnectionState): void {
  if (state === current.state) return;
  current = { state, since: Date.now(), epoch: current.epoch + (state === "connected" ? 1 : 0) };
  for (const listener of listeners) listener();
}

export function currentConnection(): Connection {
  return current;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The state of the live connection, re-rendering on change. */
export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, currentConnection);
}
