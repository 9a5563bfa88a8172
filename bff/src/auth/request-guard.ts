import type { IncomingHttpHeaders } from "node:http";

/** The host names under which the console may be called, all with its port; anything else is DNS rebinding. */
export function allowedHosts(port: number, extra: string[]): Set<string> {
  return new Set([...["127.0.0.1", "localhost", "[::1]"].map((host) => `${host}:${port}`), ...extra]);
}

export function isAllowedHost(headers: IncomingHttpHeaders, hosts: ReadonlySet<string>): boolean {
  return headers.host !== undefined && hosts.has(headers.host.toLowerCase());
}

/**
 * Does the request come from a page of ours? Browsers name the origin in every POST and WebSocket handshake; a client that is no browser
 * names none, which is fine for POST (it cannot ride on somebody's cookie) but not for a WebSocket.
 */
export function isOwnOrigin(
  headers: IncomingHttpHeaders,
  hosts: ReadonlySet<string>,
  options: { originRequired: boolean },
): boolean {
  const site = headers["sec-fetch-site"];
  // Browsers do not agree on what they send here for a WebSocket; its Origin is enough.
  if (!options.originRequired && site !== undefined && site !== "same-origin") return false;
  if (headers.origin === undefined) return !options.originRequired;
  const [scheme, host] = headers.origin.split("://");
  return (
    (scheme === "http" || scheme === "https") && host === headers.host?.toLowerCase() && hosts.has(host ?? "")
  );
}
