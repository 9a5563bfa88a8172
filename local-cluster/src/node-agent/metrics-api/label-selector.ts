/** Says whether labels fit a selector. */
export type LabelTest = (labels: Readonly<Record<string, string>>) => boolean;

const longest = 4096;
const name = String.raw`[A-Za-z0-9](?:[\w./-]*[A-Za-z0-9])?`;
const value = String.raw`(?:[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)?`;
const patterns = {
  set: new RegExp(String.raw`^(${name})\s+(in|notin)\s*\(([^()]*)\)$`),
  equal: new RegExp(String.raw`^(${name})\s*(==|=|!=)\s*(${value})$`),
  exists: new RegExp(`^(!?)\\s*(${name})$`),
};

/** Reads a label selector ("a=b,c!=d,e in (f,g),h,!i"). Throws a sentence for what is none. */
export function parseLabelSelector(text: string): LabelTest {
  if (text.length > longest) throw new Error(`a label selector may have ${longest} characters`);
  // A comma inside parentheses does not part requirements.
  const tests = text
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map(requirement);
  return (labels) => tests.every((test) => test(labels));
}

function requirement(text: string): LabelTest {
  const set = patterns.set.exec(text);
  if (set) {
    const [, key = "", operator, list = ""] = set;
    const values = new Set(list.split(",").map((part) => part.trim()));
    const isIn: LabelTest = (labels) => labels[key] !== undefined && values.has(labels[key]);
    return operator === "in" ? isIn : (labels) => !isIn(labels);
  }
  const equal = patterns.equal.exec(text);
  if (equal) {
    const [, key = "", operator, wanted] = equal;
    return operator === "!=" ? (labels) => labels[key] !== wanted : (labels) => labels[key] === wanted;
  }
  const exists = patterns.exists.exec(text);
  if (!exists) throw new Error(`unable to parse requirement: "${text}"`);
  const [, not, key = ""] = exists;
  return not ? (labels) => labels[key] === undefined : (labels) => labels[key] !== undefined;
}
