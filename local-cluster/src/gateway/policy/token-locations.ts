import {
  fieldsOf,
  listOf,
  refuseOthers,
  textOf,
  textsOf,
  UnsupportedError,
  type Fields,
} from "../config/fields.ts";
import { headerValue, withoutHeaders, type HeaderList } from "../proxy/headers.ts";

/** A place where a token may stand. */
export interface TokenLocation {
  find(request: TokenCarrier): string | undefined;
  /** The request without the token at this place. */
  remove(request: TokenCarrier): TokenCarrier;
}

export interface TokenCarrier {
  headers: HeaderList;
  query: string;
}

/** Where a jwtRule looks: what it names, else `Authorization: Bearer` and the parameter access_token. */
export function tokenLocations(rule: Fields, where: string): TokenLocation[] {
  const headers = listOf(rule["fromHeaders"], `${where}.fromHeaders`).map((item, at) =>
    headerLocationOf(item, `${where}.fromHeaders[${at}]`),
  );
  const parameters = textsOf(rule["fromParams"], `${where}.fromParams`).map(inParameter);
  const cookies = textsOf(rule["fromCookies"], `${where}.fromCookies`).map(inCookie);
  const named = [...headers, ...parameters, ...cookies];
  return named.length > 0 ? named : [inHeader("authorization", "Bearer "), inParameter("access_token")];
}

function headerLocationOf(value: unknown, where: string): TokenLocation {
  const fields = fieldsOf(value, where);
  refuseOthers(fields, ["name", "prefix"], where);
  const name = textOf(fields["name"], `${where}.name`);
  if (!name) throw new UnsupportedError(`${where}.name is missing`);
  return inHeader(name.toLowerCase(), textOf(fields["prefix"], `${where}.prefix`) ?? "");
}

function inHeader(name: string, prefix: string): TokenLocation {
  return {
    // A header that came twice is joined by a comma and so is no valid token.
    find: ({ headers }) => {
      const value = headerValue(headers, name);
      return value !== undefined && value.startsWith(prefix) ? value.slice(prefix.length).trim() : undefined;
    },
    remove: (request) => ({
      ...request,
      headers: withoutHeaders(request.headers, (other) => other === name),
    }),
  };
}

function inParameter(name: string): TokenLocation {
  return {
    find: ({ query }) => {
      if (!query.includes(name) && !query.includes("%")) return undefined;
      const values = new URLSearchParams(query).getAll(name);
      return values.length === 0 ? undefined : values.join(",");
    },
    remove: (request) => {
      const kept = request.query
        .slice(1)
        .split("&")
        .filter((pair) => !new URLSearchParams(pair).has(name));
      return { ...request, query: kept.length === 0 ? "" : `?${kept.join("&")}` };
    },
  };
}

function inCookie(name: string): TokenLocation {
  const ofName = (pair: string) => pair.slice(0, pair.indexOf("=")).trim() === name;
  const pairsOf = (headers: HeaderList) => headerValue(headers, "cookie")?.split(/[;,]/) ?? [];
  return {
    find: ({ headers }) => {
      const values = pairsOf(headers)
        .filter(ofName)
        .map((pair) => pair.slice(pair.indexOf("=") + 1).trim());
      return values.length === 0 ? undefined : values.join(",");
    },
    remove: (request) => {
      const kept = pairsOf(request.headers).filter((pair) => !ofName(pair));
      const headers = withoutHeaders(request.headers, (other) => other === "cookie");
      if (kept.length > 0) headers.push("cookie", kept.map((pair) => pair.trim()).join("; "));
      return { ...request, headers };
    },
  };
}
