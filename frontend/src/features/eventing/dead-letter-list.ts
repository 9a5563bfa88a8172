import { UnavailableError } from "#api/errors.ts";
import { letterKey } from "./dead-letter-words.ts";
import type { DeadLetter, DeadLetterPage } from "./eventing-api.ts";

/** What was read so far: a page, newest first, or several below each other. */
export interface LetterList extends DeadLetterPage {
  /** Older pages are wanted, too. */
  isExpanded: boolean;
}

/** Letters are numbered through all namespaces, the newest has the highest number. Pure. */
export function letterNumber({ name }: Pick<DeadLetter, "name">): number {
  return Number(name);
}

const isAway = ({ problems }: DeadLetterPage): boolean => problems.some(({ kind }) => kind === "UNAVAILABLE");

/** A page of which nothing is missing because somebody does not answer. Pure; throws UnavailableError. */
export function wholePage<P extends DeadLetterPage>(page: P): P {
  if (!isAway(page)) return page;
  throw new UnavailableError(page.problems.map(({ message }) => message).join(" "), "UNAVAILABLE");
}

/**
 * The list when its first page was read again: what lies below that page stays as it is. When more came in between than a page holds, there
 * would be a gap, and the list begins anew. Pure; throws UnavailableError when the known list is better than the page.
 */
export function refreshed(known: LetterList | undefined, page: DeadLetterPage): LetterList {
  const anew = { ...page, isExpanded: false };
  if (!known || isAway(known)) return anew;
  const [top, last] = [known.deadLetters[0], wholePage(page).deadLetters.at(-1)];
  if (!known.isExpanded || page.continue === null || !top || !last) return anew;
  const end = letterNumber(last);
  if (end > letterNumber(top)) return anew;
  const older = known.deadLetters.filter((letter) => letterNumber(letter) < end);
  return {
    ...page,
    deadLetters: [...page.deadLetters, ...older],
    continue: older.length > 0 ? known.continue : page.continue,
    isExpanded: true,
  };
}

/** The list with the page that begins at its end (`from`); unchanged when it ends elsewhere by now. Pure; throws UnavailableError. */
export function withOlder(known: LetterList, from: string | null, page: DeadLetterPage): LetterList {
  const { deadLetters, problems, continue: next } = wholePage(page);
  if (known.continue !== from) return known;
  const told = new Set(known.problems.map(({ message }) => message));
  return {
    deadLetters: [...known.deadLetters, ...deadLetters],
    continue: next,
    problems: [...known.problems, ...problems.filter(({ message }) => !told.has(message))],
    isExpanded: true,
  };
}

/** The list without letters that are gone, by key. Pure. */
export function withoutLetters(known: LetterList, gone: readonly string[]): LetterList {
  const keys = new Set(gone);
  return { ...known, deadLetters: known.deadLetters.filter((letter) => !keys.has(letterKey(letter))) };
}
