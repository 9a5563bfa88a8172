import type { UnknownObject } from "@kyma/kube/objects.ts";
import { latest } from "../graphql/latest.ts";
import type { Liveness, LiveSet } from "./live-set.ts";

/** Least pause between two messages of one reader: a burst of changes becomes one message. */
const pauseMs = 50;

export interface Joined<T, H> {
  set: LiveSet<T, H>;
  leave: () => void;
}

/** What a reader has not seen yet: all (a snapshot), or the entries of these keys. */
interface Unseen {
  snapshot: boolean;
  keys: ReadonlySet<string>;
}

interface ObjectsMessage {
  liveness: Liveness;
  snapshot: boolean;
  objects: UnknownObject[];
  deleted: string[];
}

export function objectsMessages(
  join: () => Joined<UnknownObject, undefined>,
): AsyncIterableIterator<ObjectsMessage> {
  return messages(join, (set, unseen) => {
    const { present, gone } = entriesOf(set, unseen);
    return { liveness: set.liveness, snapshot: unseen.snapshot, objects: present, deleted: gone };
  });
}

interface ObjectMessage {
  liveness: Liveness;
  object: UnknownObject | null;
}

/** For a set that holds at most one object. */
export function objectMessages(
  join: () => Joined<UnknownObject, undefined>,
): AsyncIterableIterator<ObjectMessage> {
  return messages(join, (set) => ({
    liveness: set.liveness,
    object: set.entries.values().next().value ?? null,
  }));
}

function entriesOf<T>(set: LiveSet<T, unknown>, unseen: Unseen): { present: T[]; gone: string[] } {
  if (unseen.snapshot) return { present: [...set.entries.values()], gone: [] };
  const present: T[] = [];
  const gone: string[] = [];
  for (const key of unseen.keys) {
    const entry = set.entries.get(key);
    if (entry === undefined) gone.push(key);
    else present.push(entry);
  }
  return { present, gone };
}

/** A slow reader costs at most one key per entry of the set: entries are read when its message is made, never queued. */
function messages<T, H, M>(
  join: () => Joined<T, H>,
  toMessage: (set: LiveSet<T, H>, unseen: Unseen) => M,
): AsyncIterableIterator<M> {
  let joined: Joined<T, H> | undefined;
  let unseen = { snapshot: true, keys: new Set<string>() };
  let toldLiveness: Liveness = "LIVE";
  const open = (wake: () => void): (() => void) => {
    joined = join();
    const unlisten = joined.set.listen({
      changed(key) {
        if (key === undefined) unseen = { snapshot: true, keys: new Set() };
        else if (!unseen.snapshot) unseen.keys.add(key);
        wake();
      },
      livenessChanged: wake,
    });
    const { leave } = joined;
    return () => {
      unlisten();
      leave();
    };
  };
  const take = (): { value: M } | undefined => {
    if (!joined) return undefined;
    const { set } = joined;
    if (set.failure !== undefined) throw set.failure;
    const fresh = set.loaded && (unseen.snapshot || unseen.keys.size > 0);
    if (!fresh && set.liveness === toldLiveness) return undefined;
    toldLiveness = set.liveness;
    const value = toMessage(set, set.loaded ? unseen : { snapshot: false, keys: new Set() });
    if (set.loaded) unseen = { snapshot: false, keys: new Set() };
    return { value };
  };
  return latest({ open, take }, pauseMs);
}
