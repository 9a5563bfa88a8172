import type { KubeClient } from "@kyma/kube/client.ts";
import { NotFoundError, toApiError } from "@kyma/kube/errors.ts";
import type { ResourceType } from "@kyma/kube/objects.ts";
import { queryText, resourcePath } from "@kyma/kube/paths.ts";
import { setTimeout as delay } from "node:timers/promises";
import type { Change, Upstream } from "../resources/live-set.ts";
import { problemOf, type Attempted, type EventingProblem } from "./problems.ts";

/** What a question that is asked again and again brought. */
export interface Polled<T> {
  /** The last good answer; undefined before there was one, and once the person may not see it any more. */
  value: T | undefined;
  /** Set while there is no good answer. */
  problem: EventingProblem | undefined;
  /** Since when (Unix ms) the value is old; undefined when it is not, or there is none. */
  staleSince: number | undefined;
}

const everyMs = 2000;
const longestAnswerMs = 10_000;
/** The most that the dispatcher gives at once. */
const pageSize = 500;

/**
 * A live set with one entry under "": the API of the dispatcher has no versions to watch from, so it is asked every two seconds. It never
 * fails: who gets the right, or installs eventing, sees it come alive.
 */
export function polledUpstream<T>(
  read: (signal: AbortSignal) => Promise<T>,
  attempted: Attempted,
): Upstream<Polled<T>> {
  let last: Polled<T> = { value: undefined, problem: undefined, staleSince: undefined };
  const ask = async (signal: AbortSignal): Promise<Polled<T>> => {
    try {
      last = { value: await read(signal), problem: undefined, staleSince: undefined };
    } catch (error) {
      if (signal.aborted) throw error;
      last = afterFailure(last, problemOf(error, attempted), Date.now());
    }
    return last;
  };
  return {
    list: async (signal) => ({
      entries: new Map([["", await ask(signal)]]),
      head: undefined,
      resourceVersion: "0",
    }),
    async *watch(_version, signal, opened): AsyncGenerator<Change<Polled<T>>> {
      opened();
      for (;;) {
        await delay(everyMs, undefined, { signal });
        yield { key: "", value: await ask(signal) };
      }
    },
  };
}

/** What was known stays only while the server does not answer. Pure. */
export function afterFailure<T>(last: Polled<T>, problem: EventingProblem, now: number): Polled<T> {
  const value = problem.kind === "UNAVAILABLE" ? last.value : undefined;
  return { value, problem, staleSince: value === undefined ? undefined : (last.staleSince ?? now) };
}

/** One answer of the dispatcher's API. Undefined: it does not know an object of this name (yet). */
export async function readAnswer<T>(
  kube: KubeClient,
  path: string,
  signal: AbortSignal,
): Promise<T | undefined> {
  try {
    return JSON.parse(await readText(kube, path, signal)) as T;
  } catch (error) {
    if (error instanceof NotFoundError && error.details.name) return undefined;
    throw error;
  }
}

/** The same as it was written. */
export async function readText(kube: KubeClient, path: string, signal: AbortSignal): Promise<string> {
  const answer = await kube.raw(path, {
    headers: { accept: "application/json" },
    signal,
    timeoutMs: longestAnswerMs,
  });
  const text = await answer.text();
  if (answer.status === 200) return text;
  throw toApiError(answer.status, text, answer.headers["retry-after"]);
}

/** A list as the dispatcher gives it: at most 500 objects, and where the next ones begin. */
export interface ListPage<T> {
  items: T[];
  metadata?: { continue?: string };
}

/** A list page by page. */
export async function* readPages<P extends ListPage<unknown>>(
  kube: KubeClient,
  type: ResourceType,
  namespace: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<P> {
  const path = resourcePath(type, namespace === undefined ? {} : { namespace });
  let next: string | undefined;
  do {
    const page = await readAnswer<P>(kube, path + queryText({ limit: pageSize, continue: next }), signal);
    if (page) yield page;
    next = page?.metadata?.continue;
  } while (next);
}

/** All objects of a list. */
export async function readList<T>(
  kube: KubeClient,
  type: ResourceType,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<T[]> {
  const items: T[] = [];
  for await (const page of readPages<ListPage<T>>(kube, type, namespace, signal)) items.push(...page.items);
  return items;
}
