/**
 * How well a name fits what was typed; undefined when it does not. Words (split at blanks, `/` or `.`) must all be found, in any order. Whole names beat
 * beginnings, beginnings beat the beginnings of parts (after `-` or `.`), those beat anything inside, and letters in order come last. Pure.
 */
export function matchName(name: string, words: readonly string[]): number | undefined {
  let score = 0;
  for (const word of words) {
    const found = matchWord(name, word);
    if (found === undefined) return undefined;
    score += found;
  }
  // Of names that fit alike the shorter one is meant more often.
  return score / words.length - name.length / 1000;
}

/** What was typed, as words in lower case. */
export function searchWords(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s/]+/)
    .filter(Boolean);
}

function matchWord(name: string, word: string): number | undefined {
  if (name === word) return 10;
  const at = name.indexOf(word);
  if (at === 0) return 8;
  if (at > 0) return isBoundary(name, at) || startsPart(name, word) ? 6 : 4;
  return inOrder(name, word) ? 1 : undefined;
}

function startsPart(name: string, word: string): boolean {
  for (let at = name.indexOf(word); at >= 0; at = name.indexOf(word, at + 1))
    if (isBoundary(name, at)) return true;
  return false;
}

function isBoundary(name: string, at: number): boolean {
  return at === 0 || "-.:_".includes(name[at - 1] ?? "");
}

/** Short words would fit nearly everything, so letters in order count from three on. */
function inOrder(name: string, word: string): boolean {
  if (word.length < 3) return false;
  let at = 0;
  for (const letter of word) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
