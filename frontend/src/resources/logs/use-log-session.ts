import { useEffect, useState, useSyncExternalStore } from "react";
import type { LogOptions, LogSource } from "#api/logs.ts";
import { followLogs } from "#api/logs.ts";
import { useConnection } from "#api/connection.ts";
import type { Freshness } from "#ui/freshness-badge.tsx";
import { LogStore } from "./log-store.ts";

export interface LogSession {
  store: LogStore;
  /** Why there is no log. */
  error: Error | undefined;
  freshness: Freshness;
  /** Reads it anew, from the beginning. */
  restart: () => void;
}

/** Reads a log while the component is there; another source or other options are another log. Re-renders with every paint of the lines. */
export function useLogSession(source: LogSource, options: LogOptions): LogSession {
  const key = JSON.stringify([source, options]);
  const [run, setRun] = useState(0);
  const [session, setSession] = useState(() => ({ key, run, store: new LogStore() }));
  const [trouble, setTrouble] = useState<{ error?: Error; lostAt?: number }>({});
  const connection = useConnection();
  if (session.key !== key || session.run !== run) {
    setSession({ key, run, store: new LogStore() });
    setTrouble({});
  }
  const { store } = session;
  useEffect(() => {
    const [wanted, how] = JSON.parse(session.key) as [LogSource, LogOptions];
    return followLogs(wanted, how, {
      batch(batch) {
        setTrouble((before) => (Object.keys(before).length === 0 ? before : {}));
        store.append(batch);
      },
      lost: () => setTrouble({ lostAt: Date.now() }),
      failed: (error) => setTrouble({ error }),
    });
  }, [session.key, store]);
  useSyncExternalStore(store.subscribe, () => store.version);
  return { store, error: trouble.error, freshness: freshnessOf(), restart: () => setRun(run + 1) };

  function freshnessOf(): Freshness {
    if (connection.state === "reconnecting") return { state: "stale", since: connection.since };
    if (trouble.lostAt !== undefined) return { state: "stale", since: trouble.lostAt };
    if (store.liveness === undefined) return { state: "loading" };
    if (store.liveness === "RECONNECTING" || store.streams.some(({ state }) => state === "RECONNECTING"))
      return { state: "stale", since: store.staleSince };
    return { state: "live" };
  }
}
