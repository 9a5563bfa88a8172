import { GoneError } from "@kyma/kube/errors.ts";
import { Informer } from "@kyma/kube/informer.ts";
import type { KubeObject, ResourceType } from "@kyma/kube/objects.ts";
import type { Caller } from "../graphql/context.ts";
import { objectsMessages } from "../resources/live-messages.ts";
import { LiveSets } from "../resources/live-sets.ts";
import { objectUpstream } from "../resources/object-upstream.ts";
import { Tables } from "../tables/tables.ts";
import { WantedView } from "../tables/wanted-view.ts";
import { windowMessages } from "../tables/window-messages.ts";

/** Somebody who follows a list, for fault tests. */
export interface Follower {
  /** What it holds: name → the label `version`. */
  held: () => Record<string, string>;
  /** How often it was told to forget all and take what follows. */
  snapshots: () => number;
  /** How often it was told that it may be out of date. */
  staleSpells: () => number;
  isLive: () => boolean;
  /** Why it was given up; undefined while it goes on. */
  failure: () => unknown;
  stop: () => Promise<void>;
}

type Follow = (caller: Caller, type: ResourceType, namespace: string) => Follower;

/** Each way in which we follow lists. */
export const followers: [string, Follow][] = [
  ["a window of a table", followWindow],
  ["a live set of objects", followObjects],
  ["an informer", followInformer],
];

interface Labelled {
  name: string;
  labels?: Record<string, string>;
}

export function versionsOf(objects: Iterable<Labelled>): Record<string, string> {
  return Object.fromEntries([...objects].map(({ name, labels }) => [name, labels?.["version"] ?? ""]));
}

interface Change {
  set: [string, Labelled][];
  deleted: (key: string) => boolean;
}

function followMessages<M extends { snapshot: boolean; liveness: string }>(
  stream: AsyncIterableIterator<M>,
  read: (message: M) => Change,
  close: () => void,
): Follower {
  const held = new Map<string, Labelled>();
  const told = { snapshots: 0, staleSpells: 0, liveness: "", failure: undefined as unknown };
  const take = (message: M): void => {
    if (message.snapshot) told.snapshots += 1;
    if (message.snapshot) held.clear();
    if (message.liveness !== "LIVE" && told.liveness !== message.liveness) told.staleSpells += 1;
    told.liveness = message.liveness;
    const { set, deleted } = read(message);
    for (const [key, object] of set) held.set(key, object);
    for (const key of held.keys()) if (deleted(key)) held.delete(key);
  };
  void (async () => {
    try {
      for await (const message of stream) take(message);
    } catch (error) {
      told.failure = error;
    }
  })();
  return {
    held: () => versionsOf(held.values()),
    snapshots: () => told.snapshots,
    staleSpells: () => told.staleSpells,
    isLive: () => told.liveness === "LIVE",
    failure: () => told.failure,
    stop: async () => {
      await stream.return?.();
      close();
    },
  };
}

function followWindow(caller: Caller, type: ResourceType, namespace: string): Follower {
  const wanted = new WantedView({});
  const scope = { type, namespaces: [namespace], labelSelector: undefined, fieldSelector: undefined };
  const liveSets = new LiveSets(50);
  const tables = new Tables(liveSets, 50);
  const join = (): ReturnType<Tables["join"]> => tables.join(caller, scope, wanted.shape);
  const stream = windowMessages(join, wanted, { offset: 0, count: 100 });
  const read = ({ rows, order }: { rows: object[]; order: string[] | null }): Change => ({
    set: (rows as (Labelled & { key: string })[]).map((row) => [row.key, row]),
    deleted: (key) => order !== null && !order.includes(key),
  });
  return followMessages(stream, read, () => liveSets.close());
}

function followObjects(caller: Caller, type: ResourceType, namespace: string): Follower {
  const liveSets = new LiveSets(50);
  const stream = objectsMessages(() =>
    liveSets.join("objects", () => objectUpstream(caller.kube, type, { namespace })),
  );
  const read = ({ objects, deleted }: { objects: KubeObject[]; deleted: string[] }): Change => ({
    set: objects.map(({ metadata }) => [metadata.uid ?? "", metadata]),
    deleted: (key) => deleted.includes(key),
  });
  return followMessages(stream, read, () => liveSets.close());
}

/** An informer tells no snapshots; it lists anew when its version is gone. */
function followInformer({ kube }: Caller, type: ResourceType, namespace: string): Follower {
  const ended = new AbortController();
  const told = { gone: 0, staleSpells: 0 };
  const informer = new Informer<KubeObject>(kube, type, {
    namespace,
    onError: (error) => (told.gone += error instanceof GoneError ? 1 : 0),
  });
  informer.onState((state) => (told.staleSpells += state === "reconnecting" ? 1 : 0));
  informer.start(ended.signal);
  return {
    held: () => versionsOf(informer.list().map(({ metadata }) => metadata)),
    snapshots: () => 1 + told.gone,
    staleSpells: () => told.staleSpells,
    isLive: () => informer.state === "live",
    failure: () => undefined,
    stop: () => {
      ended.abort();
      return Promise.resolve();
    },
  };
}
