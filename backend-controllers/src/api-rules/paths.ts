/**
 * Paths of APIRule rules. {*} stands for one segment that is not empty, {**} for one or more segments of any kind, and the
 * path /* for every path, as /{**} does.
 */

/** Paths as one spelling: /* is written /{**}. */
export function canonicalPath(path: string): string {
  return path === "/*" ? "/{**}" : path;
}

/** True when no path can match `later` without matching `earlier`, so that a rule with `later` is never reached. */
export function covers(earlier: string, later: string): boolean {
  return segmentsCover(segmentsOf(earlier), segmentsOf(later));
}

/** True when there is a path that matches both. */
export function overlaps(a: string, b: string): boolean {
  return segmentsOverlap(segmentsOf(a), segmentsOf(b));
}

/** RE2 pattern that the whole path of a request must match. */
export function pathRegex(path: string): string {
  const body = canonicalPath(path)
    .split(/(\{\*\*\}|\{\*\})/)
    .map((part) => operatorRegexes[part] ?? part.replace(/[.+*?^$()[\]{}|\\]/g, "\\$&"))
    .join("");
  return `^${body}$`;
}

const operatorRegexes: Record<string, string> = {
  "{**}": "([A-Za-z0-9-._~!$&'()*+,;=:@/]|%[0-9a-fA-F]{2})*",
  "{*}": "([A-Za-z0-9-._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+",
};

/** What is wrong with a path, as the end of a sentence that begins with the path; undefined when nothing is. */
export function pathProblem(path: string): string | undefined {
  if (!path.startsWith("/")) return "must begin with /";
  if (path === "/*") return undefined;
  for (const segment of segmentsOf(path)) {
    const problem = segmentProblem(segment);
    if (problem) return problem;
  }
  const operators = path.match(/\{\*{1,2}\}/g) ?? [];
  if (operators.slice(0, -1).includes("{**}")) return "may use {**} only once, as the last operator";
  return undefined;
}

function segmentProblem(segment: string): string | undefined {
  if (segment === "{*}" || segment === "{**}") return undefined;
  if (/[{}*]/.test(segment)) return "may use {*} and {**} only as whole segments";
  const escapes = segment.match(/%(?![0-9a-fA-F]{2})/);
  if (escapes || /[^-A-Za-z0-9._~!$&'()+,;=:@%]/.test(segment))
    return "holds characters that a path may have only percent-encoded";
  const needless = segment.match(/%(2[dDeE]|3\d|[46][1-9a-fA-F]|[57][\daA]|5[fF]|7[eE])/)?.[0];
  if (/^(\.|%2[eE]){1,2}$/.test(segment)) return "must not contain . or .. as a segment";
  if (needless) return `can never be reached: ${needless} must be written ${decodeURIComponent(needless)}`;
  const refused = segment.match(/%(2[fF]|5[cC]|[01][0-9a-fA-F]|7[fF])/)?.[0];
  if (refused) return `can never be reached: requests with ${refused} in the path are refused`;
  return undefined;
}

function segmentsOf(path: string): string[] {
  return canonicalPath(path).slice(1).split("/");
}

function segmentsCover(earlier: string[], later: string[]): boolean {
  const [first, ...rest] = earlier;
  const [next, ...laterRest] = later;
  if (first === undefined) return next === undefined;
  if (next === undefined) return false;
  if (first === "{**}") return later.some((_, index) => segmentsCover(rest, later.slice(index + 1)));
  if (next === "{**}") return false;
  const same = first === "{*}" ? next !== "" : first === next;
  return same && segmentsCover(rest, laterRest);
}

function segmentsOverlap(a: string[], b: string[]): boolean {
  const [first, ...rest] = a;
  const [other, ...otherRest] = b;
  if (first === undefined || other === undefined) return first === other;
  const both = segmentsOverlap(rest, otherRest);
  if (first === "{**}" || other === "{**}") {
    return (
      both ||
      (first === "{**}" && segmentsOverlap(a, otherRest)) ||
      (other === "{**}" && segmentsOverlap(rest, b))
    );
  }
  if (first === "{*}") return other !== "" && both;
  if (other === "{*}") return first !== "" && both;
  return first === other && both;
}
