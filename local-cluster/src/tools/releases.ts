import type { ToolName } from "./cache.ts";
import type { Versions } from "./versions.ts";

/** Where an official release of a program is, and how to check it. */
export interface Release {
  url: string;
  checksumUrl: string;
  /** Finds the expected SHA-256 (hex) in what `checksumUrl` answers. */
  checksum(text: string): string | undefined;
  /** The program's path in a tar.gz; absent when the download is the program itself. */
  member?: string;
}

/** The official release of a program for Linux. `processor` is Node's name for it. */
export function releaseOf(tool: ToolName, versions: Versions, processor: string): Release {
  const arch = processor === "x64" ? "amd64" : processor;
  if (tool === "etcd") return githubRelease("etcd-io/etcd", tool, versions.etcd, arch);
  if (tool === "nats-server") return githubRelease("nats-io/nats-server", tool, versions.nats, arch);
  const url = `https://dl.k8s.io/release/${versions.kubernetes}/bin/linux/${arch}/${tool}`;
  return { url, checksumUrl: `${url}.sha256`, checksum: (text) => asSum(text.trim()) };
}

/** A tar.gz with the program in a folder of the same name, and one file with the sums of all. */
function githubRelease(repository: string, tool: ToolName, version: string, arch: string): Release {
  const name = `${tool}-${version}-linux-${arch}`;
  const base = `https://github.com/${repository}/releases/download/${version}`;
  return {
    url: `${base}/${name}.tar.gz`,
    checksumUrl: `${base}/SHA256SUMS`,
    checksum: (text) => sumOf(text, `${name}.tar.gz`),
    member: `${name}/${tool}`,
  };
}

/** Finds the line of a file in the output format of `sha256sum`. */
function sumOf(text: string, file: string): string | undefined {
  const line = text.split("\n").find((candidate) => candidate.trim().endsWith(` ${file}`));
  return asSum(line?.trim().split(/\s+/)[0] ?? "");
}

function asSum(text: string): string | undefined {
  return /^[0-9a-f]{64}$/.test(text) ? text : undefined;
}
