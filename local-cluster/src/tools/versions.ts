import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { toolsModuleDir } from "./cache.ts";

/** The pinned versions, each with its "v", and the Go release that builds them. */
export interface Versions {
  kubernetes: string;
  etcd: string;
  nats: string;
  go: string;
}

/** The versions that go.mod pins: it is the only place that names them. */
export async function readVersions(): Promise<Versions> {
  return parseVersions(await readFile(join(toolsModuleDir, "go.mod"), "utf8"));
}

/** Finds the versions in the text of a go.mod. Throws when one is missing. */
export function parseVersions(goMod: string): Versions {
  const find = (what: string, pattern: RegExp): string => {
    const found = pattern.exec(goMod)?.[1];
    if (!found) throw new Error(`go.mod does not pin ${what}.`);
    return found;
  };
  return {
    kubernetes: find("k8s.io/kubernetes", /^\s*k8s\.io\/kubernetes (v[\d.]+)/m),
    etcd: find("etcd", /^\s*go\.etcd\.io\/etcd\/server\/v3 (v[\d.]+)/m),
    nats: find("nats-server", /^\s*github\.com\/nats-io\/nats-server\/v2 (v[\d.]+)/m),
    go: find("Go", /^go ([\d.]+)/m),
  };
}
