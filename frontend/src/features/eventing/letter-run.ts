import { useRef, useState } from "react";
import { errorMessage, NotFoundError } from "#api/errors.ts";
import type { BulkItem } from "#resources/list/bulk-run.ts";
import { countStates, newRun, retried, withCancelled } from "#resources/list/bulk-run.ts";
import { startWork } from "#ui/notices.ts";
import { statusText } from "./amounts.ts";
import { letterNumber } from "./dead-letter-list.ts";
import { letterKey, letterLabel } from "./dead-letter-words.ts";
import { discardDeadLetter, replayDeadLetter, type DeadLetter } from "./eventing-api.ts";

export type LetterAction = "replay" | "discard";

/** Replaying or discarding several dead letters: how far it is, with a result for each. */
export interface LetterRun {
  phase: "summary" | "running" | "finished";
  items: readonly BulkItem[];
  start: () => void;
  /** What failed or was left out, once more. */
  retry: () => void;
  cancel: () => void;
}

/** Whom a run tells what. */
export interface LetterRunEvents {
  onStart: () => void;
  /** These are not stored under these keys any more. */
  onGone: (keys: readonly string[]) => void;
  onEnd: () => void;
}

/** A sink may take its time, so several are under way at once. */
const atATime = 4;
/** Thousands may be done in a minute: what is seen of it need not change more often. */
const showEveryMs = 100;

/** What came of one letter: done or failed, with a sentence. */
type Outcome = Pick<BulkItem, "state" | "message">;

/** Does one thing to many dead letters. It goes on when its dialog is closed; the bell shows it. */
export function useLetterRun(
  letters: readonly DeadLetter[],
  action: LetterAction,
  events: LetterRunEvents,
): LetterRun {
  const [phase, setPhase] = useState<LetterRun["phase"]>("summary");
  const [items, setItems] = useState<readonly BulkItem[]>(() => newRun(oldestFirst(letters).map(targetOf)));
  const stopped = useRef(false);
  // Replayed in vain a letter is stored anew, under another name.
  const [present] = useState(() => new Map(letters.map((letter) => [letterKey(letter), letter])));
  const cancel = () => {
    stopped.current = true;
  };
  const go = async (from: readonly BulkItem[]) => {
    stopped.current = false;
    setPhase("running");
    events.onStart();
    const run = { action, present, isStopped: () => stopped.current };
    const work = startWork(`${action === "replay" ? "Replay" : "Discard"} ${from.length} dead letters`, {
      stop: cancel,
    });
    const end = await runAll(from, run, (now, gone) => {
      setItems(now);
      if (gone.length > 0) events.onGone(gone);
      const { done, failed } = countStates(now);
      work.progress((done + failed) / from.length, `${done + failed} of ${from.length}`);
    });
    setPhase("finished");
    const { done, failed } = countStates(end);
    const text = `${done} of ${from.length} ${doneWord(action)}${failed > 0 ? `, ${failed} failed` : ""}.`;
    if (failed > 0) work.fail(text);
    else work.finish(text);
    events.onEnd();
  };
  return { phase, items, start: () => void go(items), retry: () => void go(retried(items)), cancel };
}

interface Run {
  action: LetterAction;
  /** Each letter as it is stored now, by the key that it had at first. */
  present: Map<string, DeadLetter>;
  isStopped: () => boolean;
}

/** Goes through the items that wait, several lanes at once; `show` is told how it stands, and what is gone since it was told last. */
async function runAll(
  from: readonly BulkItem[],
  { action, present, isStopped }: Run,
  show: (items: readonly BulkItem[], gone: readonly string[]) => void,
): Promise<readonly BulkItem[]> {
  let items = from;
  const gone: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const showNow = () => {
    clearTimeout(timer);
    timer = undefined;
    show(items, gone.splice(0));
  };
  const change = (key: string, outcome: Outcome) => {
    items = withState(items, key, outcome);
    timer ??= setTimeout(showNow, showEveryMs);
  };
  const lanes = lanesOf(from, present, action);
  const worker = async () => {
    for (let lane = lanes.shift(); lane; lane = lanes.shift())
      for (const { key } of lane) {
        const letter = present.get(key);
        if (!letter || isStopped()) continue;
        change(key, { state: "running", message: "" });
        const { outcome, name, isGone } = await (action === "replay" ? replayed(letter) : discarded(letter));
        if (isGone) gone.push(letterKey(letter));
        if (name !== undefined) present.set(key, { ...letter, name });
        change(key, outcome);
      }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  if (isStopped()) items = withCancelled(items);
  showNow();
  return items;
}

/** In the order in which they were given up. Pure. */
export function oldestFirst(letters: readonly DeadLetter[]): DeadLetter[] {
  // One that was replayed in vain has a new number, and its old time.
  return letters.toSorted(
    (a, b) => Date.parse(a.time) - Date.parse(b.time) || letterNumber(a) - letterNumber(b),
  );
}

/**
 * What waits, in lanes: lanes go beside each other, within one it goes one by one. A sink may count on the order of its Subscription's
 * events, so replays of one Subscription are a lane. Pure.
 */
function lanesOf(
  items: readonly BulkItem[],
  letters: ReadonlyMap<string, Pick<DeadLetter, "subscription">>,
  action: LetterAction,
): BulkItem[][] {
  const waiting = items.filter(({ state }) => state === "waiting");
  if (action === "discard") return waiting.map((item) => [item]);
  const groups = Map.groupBy(
    waiting,
    ({ key, namespace }) => `${namespace}/${letters.get(key)?.subscription}`,
  );
  return [...groups.values()];
}

export function doneWord(action: LetterAction): string {
  return action === "replay" ? "delivered" : "discarded";
}

function targetOf(letter: DeadLetter) {
  return { key: letterKey(letter), namespace: letter.namespace, name: letterLabel(letter) };
}

/** The items after something happened to one of them. Pure. */
function withState(items: readonly BulkItem[], key: string, outcome: Outcome): BulkItem[] {
  return items.map((item) => (item.key === key ? { ...item, ...outcome } : item));
}

interface Tried {
  outcome: Outcome;
  /** It is not stored under its name any more. */
  isGone: boolean;
  /** The name under which it is stored from now on. */
  name?: string | undefined;
}

async function replayed(letter: DeadLetter): Promise<Tried> {
  try {
    const { delivered, status, answer, deadLetter } = await replayDeadLetter(letter);
    const message = delivered ? "" : `${statusText(status)}${answer ? `, ${answer}` : ""}`;
    return {
      outcome: { state: delivered ? "done" : "failed", message },
      isGone: deadLetter !== letter.name,
      name: deadLetter ?? undefined,
    };
  } catch (error) {
    return { outcome: { state: "failed", message: errorMessage(error) }, isGone: isMissing(error) };
  }
}

async function discarded(letter: DeadLetter): Promise<Tried> {
  const done: Tried = { outcome: { state: "done", message: "" }, isGone: true };
  try {
    await discardDeadLetter(letter);
    return done;
  } catch (error) {
    // Somebody else was faster.
    if (isMissing(error)) return done;
    return { outcome: { state: "failed", message: errorMessage(error) }, isGone: false };
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof NotFoundError;
}
