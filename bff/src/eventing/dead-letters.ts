import {
  type DeadLetter as DeadLetterObject,
  type ReplayAnswer,
  writeContinue,
} from "@kyma/eventing/delivery-objects.ts";
import { elementTexts, memberText } from "@kyma/eventing/json-text.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { toApiError } from "@kyma/kube/errors.ts";
import { objectPath, queryText, resourcePath } from "@kyma/kube/paths.ts";
import { deadLetters } from "./delivery-api.ts";
import { readText } from "./polled.ts";
import { problemOf, type EventingProblem } from "./problems.ts";

/** As DeadLetter in the SDL. */
interface DeadLetter {
  namespace: string;
  name: string;
  subscription: string;
  time: string;
  reason: string;
  attempts: number;
  status: number;
  answer: string;
  sink: string;
  /** JSON as it was written. */
  event: string | null;
}

/** As DeadLetterPage in the SDL. */
export interface DeadLetterPage {
  deadLetters: DeadLetter[];
  continue: string | null;
  problems: EventingProblem[];
}

export interface DeadLetterQuestion {
  /** Undefined: all. */
  namespaces: readonly string[] | undefined;
  subscription: string | undefined;
  limit: number;
  continue: string | undefined;
}

/** Dead letters of some namespaces, newest first. A place that cannot be read becomes a problem. */
export async function listDeadLetters(
  kube: KubeClient,
  question: DeadLetterQuestion,
  signal: AbortSignal,
): Promise<DeadLetterPage> {
  const places = question.namespaces ?? [undefined];
  const pages = await Promise.all(places.map((namespace) => readPage(kube, namespace, question, signal)));
  return mergePages(pages, question.limit);
}

/**
 * Pages of several places as one, newest first. A page may end before it is full, with more below it: the merged page ends there, too, so
 * that the next one, which goes on from one place in the stream for all, leaves nothing out. Pure.
 */
export function mergePages(pages: readonly DeadLetterPage[], limit: number): DeadLetterPage {
  // Named by their place in the one stream of all namespaces.
  const placeOf = (letter: DeadLetter | undefined): number => Number(letter?.name ?? 0);
  const unfinished = pages.filter((page) => page.continue !== null);
  const end = Math.max(0, ...unfinished.map((page) => placeOf(page.deadLetters.at(-1))));
  const all = pages.flatMap((page) => page.deadLetters).toSorted((a, b) => placeOf(b) - placeOf(a));
  const shown = all.filter((letter) => placeOf(letter) >= end).slice(0, limit);
  const further = unfinished[0]?.continue ?? null;
  const last = shown.at(-1);
  return {
    deadLetters: shown,
    continue: last && (further !== null || shown.length < all.length) ? writeContinue(last.name) : further,
    problems: pages.flatMap(({ problems }) => problems),
  };
}

async function readPage(
  kube: KubeClient,
  namespace: string | undefined,
  { subscription, limit, continue: from }: DeadLetterQuestion,
  signal: AbortSignal,
): Promise<DeadLetterPage> {
  const place = namespace === undefined ? {} : { namespace };
  const path = resourcePath(deadLetters, place) + queryText({ subscription, limit, continue: from });
  try {
    const list = await readText(kube, path, signal);
    const { metadata } = JSON.parse(list) as { metadata?: { continue?: string } };
    const found = elementTexts(memberText(list, "items") ?? "[]").map(toDeadLetter);
    return { deadLetters: found, continue: metadata?.continue || null, problems: [] };
  } catch (error) {
    if (signal.aborted) throw error;
    const problem = problemOf(error, { verb: "list", type: deadLetters, namespace });
    return { deadLetters: [], continue: null, problems: [problem] };
  }
}

/** From its JSON, of which the event is kept as it was written. */
function toDeadLetter(text: string): DeadLetter {
  const { metadata, ...letter } = JSON.parse(text) as DeadLetterObject;
  const { subscription, reason, attempts, status, answer, sink } = letter;
  const { namespace = "", name, creationTimestamp: time = "" } = metadata;
  const event = letter.event === null ? null : (memberText(text, "event") ?? null);
  return { namespace, name, subscription, time, reason, attempts, status, answer, sink, event };
}

/** A sink may take its time; the dispatcher gives up before. */
const replayMs = 330_000;

/** As ReplayAnswer in the SDL: has the dispatcher send a dead letter (or another event, in JSON, in its place) to the sink of now. */
export async function replay(
  kube: KubeClient,
  key: { namespace: string; name: string },
  event: string | undefined,
  signal: AbortSignal,
): Promise<ReplayAnswer> {
  const answer = await kube.raw(objectPath(deadLetters, key, "replay"), {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: event === undefined ? "{}" : `{"event":${event}}`,
    timeoutMs: replayMs,
    signal,
  });
  if (answer.status < 200 || answer.status > 299) throw toApiError(answer.status, await answer.text());
  return answer.json<ReplayAnswer>();
}
