/** How the paths of APIRules match: literal segments, {*} for one segment, {**} for any number of them. */
type Segment = string;
const one: Segment = "{*}";
const many: Segment = "{**}";

/** Does every path that `inner` matches also match `outer`? */
export function covers(outer: string, inner: string): boolean {
  return coversFrom(segments(outer), segments(inner));
}

/** Is there a path that both match? */
export function overlaps(first: string, second: string): boolean {
  return overlapsFrom(segments(first), segments(second));
}

function segments(path: string): Segment[] {
  const pattern = path === "/*" ? "/{**}" : path;
  return pattern.split("/").slice(1);
}

function coversFrom(outer: Segment[], inner: Segment[]): boolean {
  const [first, ...rest] = outer;
  const [head, ...tail] = inner;
  if (first === undefined || head === undefined) return first === head;
  // {**} takes one segment of the other, of whatever kind, and goes on or is done.
  if (first === many) return coversFrom(rest, tail) || coversFrom(outer, tail);
  if (head === many) return false;
  if (first === one) return head !== "" && coversFrom(rest, tail);
  return first === head && coversFrom(rest, tail);
}

function overlapsFrom(first: Segment[], second: Segment[]): boolean {
  const [one1, ...rest1] = first;
  const [one2, ...rest2] = second;
  if (one1 === undefined || one2 === undefined) return one1 === one2;
  if (one1 === many)
    return (
      overlapsFrom(rest1, rest2) ||
      overlapsFrom(first, rest2) ||
      (one2 === many && overlapsFrom(rest1, second))
    );
  if (one2 === many) return overlapsFrom(second, first);
  const literals = one1 !== one && one2 !== one;
  const fits = literals ? one1 === one2 : one1 !== "" && one2 !== "";
  return fits && overlapsFrom(rest1, rest2);
}
