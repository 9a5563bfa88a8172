/** Texts and everything else of JSON, white space left out; only of valid JSON. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/**
 * JSON text laid out for people. The values stay as they were written: numbers keep digits that JavaScript has no room for. `text` must be
 * valid JSON. Pure.
 */
export function indentJson(text: string): string {
  const tokens = text.match(token) ?? [];
  let depth = 0;
  const line = () => `\n${"  ".repeat(depth)}`;
  return tokens
    .map((one, index) => {
      const next = tokens[index + 1] ?? "";
      if (one === "{" || one === "[") {
        depth += 1;
        return next === "}" || next === "]" ? one : one + line();
      }
      if (one === "}" || one === "]") {
        depth -= 1;
        const before = tokens[index - 1];
        return before === "{" || before === "[" ? one : line() + one;
      }
      if (one === ",") return one + line();
      return one === ":" ? ": " : one;
    })
    .join("");
}

/** The members of a JSON object, each as it was written. `text` must be the valid JSON of an object. Pure. */
export function memberTexts(text: string): Map<string, string> {
  const members = new Map<string, string>();
  let depth = 0;
  let name: string | undefined;
  let start = 0;
  for (const match of text.matchAll(token)) {
    const [one] = match;
    const end = match.index + one.length;
    if (one === "}" || one === "]") depth -= 1;
    const isEnd = (depth === 1 && one === ",") || depth === 0;
    if (isEnd && name !== undefined) {
      members.set(name, text.slice(start, match.index).trim());
      name = undefined;
    } else if (depth === 1 && name === undefined && one.startsWith('"')) name = JSON.parse(one) as string;
    else if (depth === 1 && one === ":") start = end;
    if (one === "{" || one === "[") depth += 1;
  }
  return members;
}
