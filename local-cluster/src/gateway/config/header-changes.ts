import { headerValue, withoutHeaders, type HeaderList } from "../proxy/headers.ts";
import { fieldsOf, refuseOthers, textMapOf, textsOf, UnsupportedError } from "./fields.ts";

type Value = (context: HeaderContext) => string;

/** What `%REQ(...)%` in a header value can refer to. */
export interface HeaderContext {
  host: string;
  path: string;
  method: string;
  requestHeaders: HeaderList;
}

export interface HeaderChanges {
  set: [string, Value][];
  add: [string, Value][];
  remove: Set<string>;
  /** A `Host` that was set: it rewrites the authority. */
  host: string | undefined;
}

const framing = new Set([
  "connection",
  "content-length",
  "transfer-encoding",
  "upgrade",
  "keep-alive",
  "te",
  "trailer",
  "expect",
  "host",
  ":authority",
]);
const headerName = /^[a-z0-9!#$%&'*+\-.^_`|~]+$/;
// Tab, printable ASCII and Latin-1: what may stand in a header line.
const headerText = /^[\t\x20-\x7e\x80-\xff]*$/;

export interface RouteHeaderChanges {
  request: HeaderChanges;
  response: HeaderChanges;
}

/** Compiles `headers: {request, response}` of a route or of a destination. */
export function compileHeaderChanges(value: unknown, where: string): RouteHeaderChanges {
  const fields = fieldsOf(value, where);
  refuseOthers(fields, ["request", "response"], where);
  return {
    request: operations(fields["request"], `${where}.request`, true),
    response: operations(fields["response"], `${where}.response`, false),
  };
}

function operations(value: unknown, where: string, isRequest: boolean): HeaderChanges {
  const fields = fieldsOf(value, where);
  refuseOthers(fields, ["set", "add", "remove"], where);
  const changes: HeaderChanges = { set: [], add: [], remove: new Set(), host: undefined };
  for (const [name, text] of textMapOf(fields["set"], `${where}.set`)) {
    const lower = name.toLowerCase();
    if (isRequest && (lower === "host" || lower === ":authority")) changes.host = text.toLowerCase();
    else changes.set.push([checkedName(lower, `${where}.set`), compileValue(text, `${where}.set.${name}`)]);
  }
  for (const [name, text] of textMapOf(fields["add"], `${where}.add`)) {
    changes.add.push([
      checkedName(name.toLowerCase(), `${where}.add`),
      compileValue(text, `${where}.add.${name}`),
    ]);
  }
  for (const name of textsOf(fields["remove"], `${where}.remove`)) {
    changes.remove.add(checkedName(name.toLowerCase(), `${where}.remove`));
  }
  return changes;
}

function checkedName(name: string, where: string): string {
  if (framing.has(name) || !headerName.test(name))
    throw new UnsupportedError(`${where}.${name} cannot be changed`);
  return name;
}

const tokens = /%%|%REQ\(([^)?]+)(?:\?([^)]+))?\)%|%/g;

/** A header value with Envoy's `%REQ(name?other)%` and `%%`; any other command is unsupported. */
function compileValue(text: string, where: string): Value {
  if (!headerText.test(text))
    throw new UnsupportedError(`${where} holds characters that a header cannot have`);
  if (!text.includes("%")) return () => text;
  const parts: Value[] = [];
  let last = 0;
  for (const found of text.matchAll(tokens)) {
    const literal = text.slice(last, found.index);
    if (literal) parts.push(() => literal);
    last = found.index + found[0].length;
    if (found[0] === "%") throw new UnsupportedError(`${where} holds a "%" command that is not supported`);
    parts.push(found[0] === "%%" ? () => "%" : requestValue(found[1] as string, found[2]));
  }
  const rest = text.slice(last);
  if (rest) parts.push(() => rest);
  return (context) => parts.map((part) => part(context)).join("");
}

function requestValue(name: string, other: string | undefined): Value {
  return (context) => requestPart(context, name) ?? (other ? requestPart(context, other) : undefined) ?? "-";
}

function requestPart(context: HeaderContext, name: string): string | undefined {
  const lower = name.toLowerCase();
  if (lower === ":authority" || lower === "host") return context.host;
  if (lower === ":path") return context.path;
  if (lower === ":method") return context.method;
  if (lower === ":scheme") return "http";
  return headerValue(context.requestHeaders, lower);
}

/** The list with the changes applied: set replaces, add appends, remove drops. */
export function applyHeaderChanges(
  headers: HeaderList,
  changes: HeaderChanges,
  context: HeaderContext,
): HeaderList {
  if (changes.set.length === 0 && changes.add.length === 0 && changes.remove.size === 0) return headers;
  const replaced = new Set(changes.set.map(([name]) => name));
  const result = withoutHeaders(headers, (name) => changes.remove.has(name) || replaced.has(name));
  for (const [name, value] of changes.set) result.push(name, value(context));
  for (const [name, value] of changes.add) result.push(name, value(context));
  return result;
}
