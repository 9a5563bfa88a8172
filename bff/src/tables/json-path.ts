import { JSONPathEnvironment } from "json-p3";
import { badInput } from "../graphql/errors.ts";

const environment = new JSONPathEnvironment();
// Their patterns would run on an engine that can be made to backtrack for ever.
environment.functionRegister.delete("match");
environment.functionRegister.delete("search");

const plainPath = /^(?:\.[A-Za-z_][\w-]*)+$/;

/**
 * Compiles kubectl's JSONPath (`{.spec.nodeName}`, `.metadata.labels.app\.kubernetes\.io/name`) or RFC 9535's (`$.spec.nodeName`).
 * The result gives all values that the path finds. An expression that does not compile is BAD_INPUT with the parser's sentence.
 */
export function compileJsonPath(text: string): (value: unknown) => unknown[] {
  const inner = withoutBraces(text.trim());
  const path = inner.startsWith("$") ? inner.slice(1) : inner;
  const rooted = path.startsWith(".") || path.startsWith("[") || path === "" ? path : `.${path}`;
  if (plainPath.test(rooted)) return plain(rooted.slice(1).split("."));
  try {
    const query = environment.compile(`$${quoteEscaped(rooted)}`);
    return (value) => query.query(value as never).values();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw badInput(`the JSONPath "${text}" cannot be read: ${reason}`);
  }
}

function withoutBraces(text: string): string {
  if (!text.includes("{")) return text;
  const match = /^\{([^{}]*)\}$/.exec(text);
  if (!match)
    throw badInput(`the JSONPath "${text}" must be one expression in braces, e.g. {.spec.nodeName}`);
  return (match[1] ?? "").trim();
}

/** kubectl escapes dots in a key with a backslash: .labels.app\.kubernetes\.io/name becomes .labels['app.kubernetes.io/name'] */
function quoteEscaped(path: string): string {
  return path.replace(
    /\.((?:[^.[\]\\]|\\.)*\\.(?:[^.[\]\\]|\\.)*)/g,
    (_, key: string) => `['${key.replace(/\\(.)/g, "$1").replaceAll("'", "\\'")}']`,
  );
}

function plain(keys: string[]): (value: unknown) => unknown[] {
  return (value) => {
    let found = value;
    for (const key of keys) {
      if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return [];
      found = (found as Record<string, unknown>)[key];
    }
    return [found];
  };
}
