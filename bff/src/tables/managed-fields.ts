const field = '"managedFields":[';
const [quote, backslash, opened, closed] = [34, 92, new Set([91, 123]), new Set([93, 125])];

/**
 * The JSON text of a list with every `managedFields` empty: who owns which field is most of what the API server sends of metadata, it
 * cannot be left out of a request, and parsing it would take most of the time and memory. Text that is cut stays invalid JSON. Only for
 * texts in which no other array has this name; inside of a string it cannot be met, as its quotes are escaped there.
 */
export function withoutManagedFields(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf(field); at >= 0; at = text.indexOf(field, from)) {
    const start = at + field.length;
    parts.push(text.slice(from, start));
    from = endOfArray(text, start);
  }
  parts.push(text.slice(from));
  return parts.join("");
}

/** Place of the bracket that closes the array whose content begins at `start`; the text's end when there is none. */
function endOfArray(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at + 1);
    else if (opened.has(code)) depth += 1;
    else if (closed.has(code) && --depth === 0) return at;
  }
  return text.length;
}

function endOfString(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    if (code === backslash) at += 1;
  }
  return text.length;
}
