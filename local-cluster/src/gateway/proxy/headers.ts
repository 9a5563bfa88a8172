/** Headers as a flat list (name, value, name, value …), names in lower case; the same list feeds routing, policy and the upstream. */
export type HeaderList = string[];

const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
  "http2-settings",
]);
/** What only a proxy in front may say; taken from nobody. */
const forgedAtTheEdge =
  /^(?:x-forwarded-.*|forwarded|x-real-ip|x-envoy-.*|x-original-.*|x-rewrite-url|x-request-id)$/;
const forgedInCluster = /^(?:x-forwarded-client-cert|x-envoy-.*)$/;
const rememberedNames = 2000;

interface NameClass {
  lower: string;
  hop: boolean;
  forgedAtTheEdge: boolean;
  forgedInCluster: boolean;
}

const nameClasses = new Map<string, NameClass>();

function classOf(rawName: string): NameClass {
  const known = nameClasses.get(rawName);
  if (known) return known;
  const lower = rawName.toLowerCase();
  const made = {
    lower,
    hop: hopByHop.has(lower),
    forgedAtTheEdge: forgedAtTheEdge.test(lower),
    forgedInCluster: forgedInCluster.test(lower),
  };
  if (nameClasses.size < rememberedNames) nameClasses.set(rawName, made);
  return made;
}

/** The headers that go on: without hop-by-hop ones, those that Connection names, Host (added last by the caller), and what the sender may not claim. */
export function sanitisedHeaders(raw: readonly string[], sender: "outside" | "in-cluster"): HeaderList {
  const kept: HeaderList = [];
  let nominated: string | undefined;
  for (let at = 0; at < raw.length; at += 2) {
    const name = classOf(raw[at] as string);
    if (name.lower === "connection")
      nominated = `${nominated ? `${nominated},` : ""}${raw[at + 1] as string}`;
    if (name.hop || name.lower === "host") continue;
    if (sender === "outside" ? name.forgedAtTheEdge : name.forgedInCluster) continue;
    kept.push(name.lower, raw[at + 1] as string);
  }
  return nominated === undefined ? kept : withoutNominated(kept, nominated);
}

function withoutNominated(headers: HeaderList, connection: string): HeaderList {
  const names = connection.split(",").map((name) => name.trim().toLowerCase());
  const plain = names.every(
    (name) => name === "keep-alive" || name === "close" || name === "upgrade" || name === "",
  );
  return plain
    ? headers
    : withoutHeaders(headers, (name) => names.includes(name) && name !== "content-length");
}

/** All values of a header joined by a comma, as policies and route matches see it. */
export function headerValue(headers: HeaderList, name: string): string | undefined {
  let found: string | undefined;
  for (let at = 0; at < headers.length; at += 2) {
    if (headers[at] === name)
      found = found === undefined ? (headers[at + 1] as string) : `${found},${headers[at + 1]}`;
  }
  return found;
}

export function countHeader(headers: HeaderList, name: string): number {
  let count = 0;
  for (let at = 0; at < headers.length; at += 2) if (headers[at] === name) count += 1;
  return count;
}

export function withoutHeaders(headers: HeaderList, drop: (name: string) => boolean): HeaderList {
  const kept: HeaderList = [];
  for (let at = 0; at < headers.length; at += 2) {
    if (!drop(headers[at] as string)) kept.push(headers[at] as string, headers[at + 1] as string);
  }
  return kept;
}

/** Response headers as undici hands them over, without the hop-by-hop ones. */
export function responseHeaders(raw: readonly (Buffer | string)[]): HeaderList {
  const kept: HeaderList = [];
  for (let at = 0; at < raw.length; at += 2) {
    const name = classOf(textOf(raw[at] as Buffer | string));
    if (!name.hop) kept.push(name.lower, textOf(raw[at + 1] as Buffer | string));
  }
  return kept;
}

function textOf(value: Buffer | string): string {
  return typeof value === "string" ? value : value.toString("latin1");
}
