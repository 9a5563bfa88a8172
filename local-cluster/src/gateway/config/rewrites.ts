import { canonicalAuthority } from "../proxy/canonical-host.ts";
import { canonicalTarget } from "../proxy/canonical-path.ts";
import { fieldsOf, numberOf, refuseOthers, textOf, UnsupportedError } from "./fields.ts";
import type { MatchClause } from "./route-match.ts";
import { compileRegex } from "./string-match.ts";

/** Gives the new path, or undefined when it has no canonical form. */
export type PathRewrite = (path: string, matched: MatchClause | undefined) => string | undefined;

export interface Rewrite {
  path: PathRewrite | undefined;
  authority: string | undefined;
}

export function compileRewrite(value: unknown, where: string): Rewrite | undefined {
  if (value === undefined || value === null) return undefined;
  const fields = fieldsOf(value, where);
  refuseOthers(fields, ["uri", "authority", "uriRegexRewrite"], where);
  const uri = textOf(fields["uri"], `${where}.uri`);
  const authority = checkedAuthority(textOf(fields["authority"], `${where}.authority`), `${where}.authority`);
  if (fields["uriRegexRewrite"] === undefined) return { path: uri ? replaced(uri) : undefined, authority };
  if (uri) throw new UnsupportedError(`${where} has both uri and uriRegexRewrite`);
  return { path: regexRewrite(fields["uriRegexRewrite"], `${where}.uriRegexRewrite`), authority };
}

export function checkedAuthority(value: string | undefined, where: string): string | undefined {
  if (value === undefined || value === "") return undefined;
  const authority = canonicalAuthority(value);
  if (!authority) throw new UnsupportedError(`${where} "${value}" is not a host`);
  return authority.host;
}

/** A matched prefix is replaced; after an exact or regex match the whole path is. */
function replaced(uri: string): PathRewrite {
  return (path, matched) =>
    matched?.uriKind === "prefix"
      ? canonicalTarget(`${uri}${path.slice(matched.uriPrefix.length)}`)?.path
      : canonicalTarget(matched?.uriKind === "none" || !matched ? joinedToRoot(uri, path) : uri)?.path;
}

function joinedToRoot(uri: string, path: string): string {
  return `${uri}${path.slice(1)}`;
}

function regexRewrite(value: unknown, where: string): PathRewrite {
  const fields = fieldsOf(value, where);
  refuseOthers(fields, ["match", "rewrite"], where);
  const pattern = compileRegex(textOf(fields["match"], `${where}.match`) ?? "", `${where}.match`);
  // RE2's "\1" in the notation of the library: "$1"; its own special characters are quoted.
  const replacement = (textOf(fields["rewrite"], `${where}.rewrite`) ?? "").replaceAll(
    /\\(\d|\\)|\$/g,
    (found, digit) =>
      found === "$" ? String.raw`\$` : digit === "\\" ? String.raw`\\` : `$${digit as string}`,
  );
  return (path) => {
    try {
      return canonicalTarget(pattern.matcher(path).replaceAll(replacement))?.path;
    } catch {
      return undefined;
    }
  };
}

export interface Redirect {
  status: number;
  path: string | undefined;
  authority: string | undefined;
  scheme: string | undefined;
  /** A port, "" for the scheme's own, undefined to keep what the request had. */
  port: string | undefined;
}

const redirectCodes = new Set([301, 302, 303, 307, 308]);

export function compileRedirect(value: unknown, where: string): Redirect | undefined {
  if (value === undefined || value === null) return undefined;
  const fields = fieldsOf(value, where);
  refuseOthers(fields, ["uri", "authority", "port", "derivePort", "scheme", "redirectCode"], where);
  const status = numberOf(fields["redirectCode"], `${where}.redirectCode`) ?? 301;
  const path = textOf(fields["uri"], `${where}.uri`);
  const scheme = textOf(fields["scheme"], `${where}.scheme`);
  if (!redirectCodes.has(status))
    throw new UnsupportedError(`${where}.redirectCode ${status} is not supported`);
  if (path !== undefined && !/^\/[\x21-\x7e]*$/.test(path))
    throw new UnsupportedError(`${where}.uri is not a path`);
  if (path?.includes("%PREFIX()%"))
    throw new UnsupportedError(`${where}.uri with %PREFIX()% is not supported`);
  if (scheme !== undefined && scheme !== "http" && scheme !== "https") {
    throw new UnsupportedError(`${where}.scheme "${scheme}" is not supported`);
  }
  const authority = checkedAuthority(textOf(fields["authority"], `${where}.authority`), `${where}.authority`);
  return { status, path, authority, scheme, port: portOf(fields, where) };
}

function portOf(fields: Record<string, unknown>, where: string): string | undefined {
  const port = numberOf(fields["port"], `${where}.port`);
  if (port !== undefined) return String(port);
  const derived = textOf(fields["derivePort"], `${where}.derivePort`);
  if (derived === "FROM_PROTOCOL_DEFAULT") return "";
  if (derived !== undefined && derived !== "FROM_REQUEST_PORT") {
    throw new UnsupportedError(`${where}.derivePort "${derived}" is not supported`);
  }
  return undefined;
}

/** Value of the Location header. */
export function redirectLocation(
  redirect: Redirect,
  request: { host: string; port: number; path: string; query: string },
): string {
  const scheme = redirect.scheme ?? "http";
  const kept =
    redirect.authority || redirect.scheme === "https" || request.port === 80 ? "" : String(request.port);
  const port = redirect.port ?? kept;
  const path = redirect.path ?? request.path;
  const query = path.includes("?") ? "" : request.query;
  return `${scheme}://${redirect.authority ?? request.host}${port === "" ? "" : `:${port}`}${path}${query}`;
}
