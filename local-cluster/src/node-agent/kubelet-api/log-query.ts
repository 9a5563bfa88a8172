import type { LogQuery } from "../logs/read-log.ts";

/** What the path of a log request names. */
export interface LogPath {
  namespace: string;
  pod: string;
  container: string;
}

/** `/containerLogs/<namespace>/<pod>/<container>`; undefined for any other path. */
export function parseLogPath(pathname: string): LogPath | undefined {
  const match = /^\/containerLogs\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(pathname);
  if (!match) return undefined;
  const [namespace = "", pod = "", container = ""] = match.slice(1).map(decodeURIComponent);
  return { namespace, pod, container };
}

/** Reads the options of a log request as a kubelet does. Throws a sentence for one that makes no sense. */
export function parseLogQuery(query: URLSearchParams, now: number): LogQuery & { previous: boolean } {
  const tailLines = count(query, "tailLines");
  const limitBytes = count(query, "limitBytes");
  const since = sinceOf(query, now);
  if (limitBytes === 0) throw new Error("limitBytes must be at least 1");
  return {
    follow: flag(query, "follow"),
    previous: flag(query, "previous"),
    timestamps: flag(query, "timestamps"),
    ...(tailLines === undefined ? {} : { tailLines }),
    ...(limitBytes === undefined ? {} : { limitBytes }),
    ...(since === undefined ? {} : { since }),
  };
}

function flag(query: URLSearchParams, name: string): boolean {
  return ["true", "1"].includes(query.get(name) ?? "");
}

function count(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === "") return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Error(`${name} must be a whole number, not "${text}"`);
  return value;
}

function sinceOf(query: URLSearchParams, now: number): number | undefined {
  const seconds = count(query, "sinceSeconds");
  if (seconds !== undefined) return now - seconds * 1000;
  const text = query.get("sinceTime");
  if (!text) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw new Error(`sinceTime must be a time such as 2026-01-02T03:04:05Z, not "${text}"`);
  return time;
}
