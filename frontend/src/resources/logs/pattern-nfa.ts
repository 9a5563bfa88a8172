/** One step of a pattern's machine. `next` are indexes of nodes. */
export type NfaNode =
  | { kind: "match"; next: number[]; accepts: (code: number) => boolean }
  | { kind: "go" | "begin" | "end"; next: number[] }
  | { kind: "accept"; next: number[] };

interface Part {
  start: number;
  /** Nodes that lead on from here. */
  ends: number[];
}

const mostNodes = 5000;
const mostRepeats = 200;

/** A fault in a pattern, in words for the person who wrote it. */
class PatternError extends Error {
  override name = "PatternError";
}

/** Reads a regular expression, as JavaScript writes it, into a machine without backtracking. */
export class PatternParser {
  readonly nodes: NfaNode[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The first node; the machine's nodes are in `nodes`. */
  parse(): number {
    const whole = this.#alternatives();
    if (this.#at < this.#text.length) throw new PatternError("There is a ) without a (.");
    this.#lead(whole.ends, this.#add({ kind: "accept", next: [] }));
    return whole.start;
  }

  #alternatives(): Part {
    const parts = [this.#sequence()];
    while (this.#take("|")) parts.push(this.#sequence());
    const start = this.#add({ kind: "go", next: parts.map((part) => part.start) });
    return { start, ends: parts.flatMap(({ ends }) => ends) };
  }

  #sequence(): Part {
    const first = this.#add({ kind: "go", next: [] });
    let ends = [first];
    while (this.#at < this.#text.length && !"|)".includes(this.#text[this.#at] ?? "")) {
      const part = this.#repeated();
      this.#lead(ends, part.start);
      ends = part.ends;
    }
    return { start: first, ends };
  }

  #repeated(): Part {
    const from = this.#at;
    const part = this.#atom();
    const to = this.#at;
    const [least, most] = this.#quantifier();
    if (least === 1 && most === 1) return part;
    return this.#repeat({ part, least, most, again: () => this.#reread(from, to) });
  }

  #repeat(wanted: { part: Part; least: number; most: number; again: () => Part }): Part {
    const { least, most, again } = wanted;
    const first = this.#add({ kind: "go", next: [] });
    let ends = [first];
    const optional: number[] = [];
    const count = most === Infinity ? Math.max(1, least) : most;
    for (let index = 0; index < count; index += 1) {
      const part = index === 0 ? wanted.part : again();
      if (index >= least) optional.push(...ends);
      this.#lead(ends, part.start);
      ends = part.ends;
      if (most === Infinity && index === count - 1) this.#lead(ends, part.start);
    }
    return { start: first, ends: [...ends, ...optional] };
  }

  #quantifier(): [number, number] {
    let range: [number, number] = [1, 1];
    const counted = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(this.#text.slice(this.#at));
    if (this.#take("*")) range = [0, Infinity];
    else if (this.#take("+")) range = [1, Infinity];
    else if (this.#take("?")) range = [0, 1];
    else if (counted) {
      this.#at += counted[0].length;
      const least = Number(counted[1]);
      range = [least, counted[2] === undefined ? least : counted[3] ? Number(counted[3]) : Infinity];
      if (least > mostRepeats || (range[1] !== Infinity && range[1] > mostRepeats))
        throw new PatternError(`A part can be repeated ${mostRepeats} times at most.`);
    } else return range;
    // A lazy one matches the same lines.
    this.#take("?");
    return range;
  }

  #reread(from: number, to: number): Part {
    const back = this.#at;
    this.#at = from;
    const part = this.#atom();
    if (this.#at !== to) throw new PatternError("The pattern cannot be read.");
    this.#at = back;
    return part;
  }

  #atom(): Part {
    const char = this.#text[this.#at] ?? "";
    this.#at += 1;
    if (char === "(") return this.#group();
    if (char === "^") return this.#single({ kind: "begin", next: [] });
    if (char === "$") return this.#single({ kind: "end", next: [] });
    if (char === "*" || char === "+" || char === "?")
      throw new PatternError(`There is nothing before ${char} to repeat.`);
    const accepts =
      char === "[" ? this.#set() : char === "\\" ? this.#escape() : char === "." ? () => true : same(char);
    return this.#single({ kind: "match", next: [], accepts });
  }

  #group(): Part {
    const special = /^\?(:|<[A-Za-z]\w*>|.{0,2})/.exec(this.#text.slice(this.#at));
    if (special) {
      if (!/^\?(:|<[A-Za-z]\w*>)$/.test(special[0]))
        throw new PatternError("Look-ahead and look-behind are not supported.");
      this.#at += special[0].length;
    }
    const part = this.#alternatives();
    if (!this.#take(")")) throw new PatternError("A ( is not closed.");
    return part;
  }

  #set(): (code: number) => boolean {
    const negated = this.#take("^");
    const tests: ((code: number) => boolean)[] = [];
    for (let first = true; first || this.#text[this.#at] !== "]"; first = false) {
      if (this.#at >= this.#text.length) throw new PatternError("A [ is not closed.");
      if (first && this.#text[this.#at] === "]") break;
      const range = /^([^\\\]])-([^\\\]])/.exec(this.#text.slice(this.#at));
      if (range) {
        this.#at += 3;
        const [low, high] = [range[1]?.charCodeAt(0) ?? 0, range[2]?.charCodeAt(0) ?? 0];
        tests.push((code) => code >= low && code <= high);
      } else tests.push(this.#take("\\") ? this.#escape() : same(this.#text[this.#at++] ?? ""));
    }
    this.#at += 1;
    return (code) => tests.some((accepts) => accepts(code)) !== negated;
  }

  #escape(): (code: number) => boolean {
    const char = this.#text[this.#at] ?? "";
    if (char === "") throw new PatternError("The pattern ends with a \\.");
    this.#at += 1;
    const known = classes[char.toLowerCase()];
    if (known) return char === char.toLowerCase() ? known : (code) => !known(code);
    const hex = /^(x[\da-f]{2}|u[\da-f]{4})/i.exec(this.#text.slice(this.#at - 1))?.[0];
    if (hex) {
      this.#at += hex.length - 1;
      return same(String.fromCharCode(Number.parseInt(hex.slice(1), 16)));
    }
    if (controls[char]) return same(controls[char]);
    if (/[A-Za-z0-9]/.test(char)) throw new PatternError(`\\${char} is not supported.`);
    return same(char);
  }

  #single(node: NfaNode): Part {
    const start = this.#add(node);
    return { start, ends: [start] };
  }

  #add(node: NfaNode): number {
    if (this.nodes.length >= mostNodes) throw new PatternError("The pattern is too large.");
    this.nodes.push(node);
    return this.nodes.length - 1;
  }

  #lead(from: readonly number[], to: number): void {
    for (const index of from) this.nodes[index]?.next.push(to);
  }

  #take(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }
}

const controls: Record<string, string> = { t: "\t", n: "\n", r: "\r" };
const classes: Record<string, (code: number) => boolean> = {
  d: (code) => code >= 48 && code <= 57,
  w: (code) =>
    (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95,
  s: (code) => code === 32 || (code >= 9 && code <= 13) || code === 160,
};

function same(char: string): (code: number) => boolean {
  const wanted = char.charCodeAt(0);
  return (code) => code === wanted;
}
