import { useRef, useState } from "react";
import { errorMessage } from "#api/errors.ts";
import type { BulkItem, BulkItemState } from "#resources/list/bulk-run.ts";
import { countStates, newRun, retried, withCancelled } from "#resources/list/bulk-run.ts";
import { startWork } from "#ui/notices.ts";
import { statusText } from "./amounts.ts";
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

/** A sink may take its time, so several are under way at once. */
const atATime = 4;

/** What came of one letter: done or failed, with a sentence. */
type Outcome = Pick<BulkItem, "state" | "message">;

/** Does one thing to many dead letters. It goes on when its dialog is closed; the bell shows it. */
export function useLetterRun(
  letters: readonly DeadLetter[],
  action: LetterAction,
  onEnd: () => void,
): LetterRun {
  const [phase, setPhase] = useState<LetterRun["phase"]>("summary");
  const [items, setItems] = useState<readonly BulkItem[]>(() => newRun(letters.map(targetOf)));
  const stopped = useRef(false);
  // Replayed in vain a letter is stored anew, under another name.
  const names = useRef(new Map(letters.map((letter) => [letterKey(letter), letter.name])));
  const cancel = () => {
    stopped.current = true;
  };
  const go = async (from: readonly BulkItem[]) => {
    stopped.current = false;
    setPhase("running");
    const run = { action, names: names.current, isStopped: () => stopped.current };
    const work = startWork(`${action === "replay" ? "Replay" : "Discard"} ${from.length} dead letters`, {
      stop: cancel,
    });
    const end = await runAll(from, run, (now) => {
      setItems(now);
      const { done, failed } = countStates(now);
      work.progress((done + failed) / from.length, `${done + failed} of ${from.length}`);
    });
    setPhase("finished");
    const { done, failed } = countStates(end);
    const text = `${done} of ${from.length} ${doneWord(action)}${failed > 0 ? `, ${failed} failed` : ""}.`;
    if (failed > 0) work.fail(text);
    else work.finish(text);
    onEnd();
  };
  return { phase, items, start: () => void go(items), retry: () => void go(retried(items)), cancel };
}

interface Run {
  action: LetterAction;
  /** The present name of each letter, by key. */
  names: Map<string, string>;
  isStopped: () => boolean;
}

/** Goes through the items that wait, several at once; `show` is told of every step. */
async function runAll(
  from: readonly BulkItem[],
  { action, names, isStopped }: Run,
  show: (items: readonly BulkItem[]) => void,
): Promise<readonly BulkItem[]> {
  let items = from;
  const change = (key: string, outcome: Outcome) => {
    items = withState(items, key, outcome);
    show(items);
  };
  const queue = from.filter(({ state }) => state === "waiting");
  const worker = async () => {
    for (let item = queue.shift(); item && !isStopped(); item = queue.shift()) {
      change(item.key, { state: "running", message: "" });
      const key = { namespace: item.namespace ?? "", name: names.get(item.key) ?? "" };
      const { outcome, name } = await (action === "replay" ? replayed(key) : discarded(key));
      if (name !== undefined) names.set(item.key, name);
      change(item.key, outcome);
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  if (isStopped()) items = withCancelled(items);
  show(items);
  return items;
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
  outcome: { state: BulkItemState; message: string };
  /** The letter's name from now on. */
  name?: string | undefined;
}

async function replayed(key: { namespace: string; name: string }): Promise<Tried> {
  try {
    const { delivered, status, answer, deadLetter } = await replayDeadLetter(key);
    const message = delivered ? "" : `${statusText(status)}${answer ? `, ${answer}` : ""}`;
    return { outcome: { state: delivered ? "done" : "failed", message }, name: deadLetter ?? undefined };
  } catch (error) {
    return { outcome: { state: "failed", message: errorMessage(error) } };
  }
}

async function discarded(key: { namespace: string; name: string }): Promise<Tried> {
  try {
    await discardDeadLetter(key);
    return { outcome: { state: "done", message: "" } };
  } catch (error) {
    return { outcome: { state: "failed", message: errorMessage(error) } };
  }
}
