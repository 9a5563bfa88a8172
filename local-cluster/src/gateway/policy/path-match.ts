import { UnsupportedError } from "../config/fields.ts";
import { compilePolicyValue, fullMatch, type StringMatch } from "../config/string-match.ts";
import { canonicalPattern } from "../proxy/canonical-path.ts";

const anySegment = "{*}";
const anyPath = "{**}";

/**
 * A value of paths or notPaths. When `covering`, a plain path also stands for the same path with a slash or `;parameters` behind it: used
 * where matching refuses (paths of DENY, notPaths of ALLOW), since many servers serve `/admin/` and `/admin;x` as `/admin`.
 */
export function compilePathValue(value: string, where: string, covering: boolean): StringMatch {
  if (value.includes(anySegment) || value.includes(anyPath)) return compileTemplate(value, where);
  if (/[{}]/.test(value)) throw new UnsupportedError(`${where} "${value}" has braces that are no operator`);
  const canonical = canonicalPattern(value);
  const matches = compilePolicyValue(canonical);
  if (!covering || canonical.startsWith("*") || canonical.endsWith("*")) return matches;
  const withSlash = canonical.endsWith("/") ? canonical : `${canonical}/`;
  const withParameters = `${canonical};`;
  return (path) => matches(path) || path === withSlash || path.startsWith(withParameters);
}

/** `{*}` stands for one segment, `{**}` (last operator, at most once) for any number of characters, slashes too. */
export function compileTemplate(template: string, where: string): StringMatch {
  const segments = template.split("/");
  if (segments[0] !== "") throw new UnsupportedError(`${where} "${template}" does not begin with "/"`);
  let seenAnyPath = false;
  const pattern = segments.slice(1).map((segment) => {
    if (seenAnyPath && (segment === anyPath || segment === anySegment)) {
      throw new UnsupportedError(`${where} "${template}" has an operator after {**}`);
    }
    seenAnyPath ||= segment === anyPath;
    if (segment === anyPath) return ".*";
    if (segment === anySegment) return "[^/]+";
    if (/[{}*]/.test(segment))
      throw new UnsupportedError(`${where} "${template}" has an operator inside a segment`);
    return quoted(canonicalPattern(segment));
  });
  return fullMatch(`/${pattern.join("/")}`, where);
}

function quoted(text: string): string {
  return text.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`);
}
