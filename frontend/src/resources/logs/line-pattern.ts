import type { NfaNode } from "./pattern-nfa.ts";
import { PatternParser } from "./pattern-nfa.ts";

/** Finds something in lines, whatever the case of letters. */
export interface LinePattern {
  test: (text: string) => boolean;
  /** Where it is, for highlighting: [from, to) without overlaps. */
  spans: (text: string) => [number, number][];
}

/** Finds a text. */
export function textPattern(wanted: string): LinePattern {
  const lower = wanted.toLowerCase();
  return {
    test: (text) => text.toLowerCase().includes(lower),
    spans(text) {
      const found: [number, number][] = [];
      const searched = text.toLowerCase();
      for (let at = searched.indexOf(lower); at >= 0; at = searched.indexOf(lower, at + lower.length))
        found.push([at, at + lower.length]);
      return found;
    },
  };
}

interface State {
  nodes: number[];
  isFinal: boolean;
  isFinalAtEnd: boolean;
  next: Map<number, State>;
}

const mostStates = 2000;
const mostSteps = 50_000;

/**
 * Finds a regular expression in time that is linear in the line, whatever the expression: a machine whose states are made when they are
 * first needed, instead of JavaScript's backtracking. What that cannot do (\b, look-around, back-references) is refused.
 * @throws {PatternError} with a sentence on what is wrong
 */
export function regexPattern(source: string): LinePattern {
  return new RegexPattern(source);
}

class RegexPattern implements LinePattern {
  readonly #nodes: NfaNode[];
  readonly #start: number;
  #states = new Map<string, State>();

  constructor(source: string) {
    const parser = new PatternParser(source);
    this.#start = parser.parse();
    this.#nodes = parser.nodes;
  }

  test(text: string): boolean {
    let state = this.#stateOf([this.#start], true);
    for (let at = 0; at < text.length; at += 1) {
      if (state.isFinal) return true;
      state = this.#step(state, text.charCodeAt(at), true);
    }
    return state.isFinal || state.isFinalAtEnd;
  }

  spans(text: string): [number, number][] {
    const found: [number, number][] = [];
    let steps = 0;
    for (let from = 0; from < text.length && steps < mostSteps; from += 1) {
      let state = this.#stateOf([this.#start], from === 0);
      let end = -1;
      for (let at = from; state.nodes.length > 0 && steps < mostSteps; at += 1, steps += 1) {
        if (state.isFinal || (at === text.length && state.isFinalAtEnd)) end = at;
        if (at >= text.length) break;
        state = this.#step(state, text.charCodeAt(at), false);
      }
      if (end > from) {
        found.push([from, end]);
        from = end - 1;
      }
    }
    return found;
  }

  #step(state: State, code: number, anywhere: boolean): State {
    const key = anywhere ? code : code + 0x10000;
    const known = state.next.get(key);
    if (known) return known;
    const cases = [code, lower(code), upper(code)];
    const nodes = state.nodes.flatMap((index) => {
      const node = this.#nodes[index];
      return node?.kind === "match" && cases.some(node.accepts) ? node.next : [];
    });
    const next = this.#stateOf(anywhere ? [...nodes, this.#start] : nodes, false);
    state.next.set(key, next);
    return next;
  }

  #stateOf(from: number[], atBegin: boolean): State {
    const nodes = this.#closure(from, atBegin, false);
    const key = nodes.join(",");
    const known = this.#states.get(key);
    if (known) return known;
    if (this.#states.size >= mostStates) this.#states = new Map();
    const isFinal = this.#accepts(nodes);
    const isFinalAtEnd = isFinal || this.#accepts(this.#closure(nodes, atBegin, true));
    const state: State = { nodes, isFinal, isFinalAtEnd, next: new Map() };
    this.#states.set(key, state);
    return state;
  }

  #accepts(nodes: number[]): boolean {
    return nodes.some((index) => this.#nodes[index]?.kind === "accept");
  }

  /** All nodes that are reached without reading a character. */
  #closure(from: number[], atBegin: boolean, atEnd: boolean): number[] {
    const reached = new Set<number>();
    const pending = [...from];
    for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
      if (reached.has(index)) continue;
      reached.add(index);
      const node = this.#nodes[index];
      if (!node || node.kind === "match") continue;
      if ((node.kind === "begin" && !atBegin) || (node.kind === "end" && !atEnd)) continue;
      pending.push(...node.next);
    }
    return [...reached].sort((a, b) => a - b);
  }
}

function lower(code: number): number {
  return code < 128
    ? code >= 65 && code <= 90
      ? code + 32
      : code
    : String.fromCharCode(code).toLowerCase().charCodeAt(0);
}

function upper(code: number): number {
  return code < 128
    ? code >= 97 && code <= 122
      ? code - 32
      : code
    : String.fromCharCode(code).toUpperCase().charCodeAt(0);
}
