export interface Authority {
  /** Lower case, without trailing dot. */
  host: string;
  port: number | undefined;
}

const hostName = /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/;
const bracketed = /^\[[0-9a-f:.]{2,45}\]$/;
const authorityPattern = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/;

/** The canonical form of a Host header or of a URL's authority; undefined for user information, non-ASCII and whatever else is no host name. */
export function canonicalAuthority(raw: string): Authority | undefined {
  const parts = authorityPattern.exec(raw);
  if (!parts) return undefined;
  const lower = (parts[1] as string).toLowerCase();
  const host = lower.endsWith(".") ? lower.slice(0, -1) : lower;
  const port = parts[2] === undefined ? undefined : Number(parts[2]);
  if (host.length > 253 || (port !== undefined && (port < 1 || port > 65_535))) return undefined;
  return hostName.test(host) || bracketed.test(host) ? { host, port } : undefined;
}

/** Splits `http://host:port/path?query`; undefined when it is no absolute URL of http. */
export function splitAbsolute(target: string): { authority: string; rest: string } | undefined {
  if (target.slice(0, 7).toLowerCase() !== "http://") return undefined;
  const start = 7;
  const end = target.slice(start).search(/[/?#]/);
  if (end < 0) return { authority: target.slice(start), rest: "/" };
  const rest = target.slice(start + end);
  return { authority: target.slice(start, start + end), rest: rest.startsWith("/") ? rest : `/${rest}` };
}

/** Names that mean something only inside the cluster. */
export function isInClusterName(host: string): boolean {
  return (
    host.endsWith(".svc") || host.endsWith(".cluster.local") || host === "svc" || host === "cluster.local"
  );
}
