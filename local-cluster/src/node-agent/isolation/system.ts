import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Mount } from "./root-plan.ts";

/** What every container sees of this machine: programs and libraries, certificates, the harmless devices. Nothing else. */
export interface SystemFiles {
  mounts: Mount[];
  /** Symbolic links at the top, such as /bin → usr/bin. */
  links: Record<string, string>;
  /** Files of /etc that are copied, since others may be mounted beside them. */
  etc: string[];
}

const directories = [
  "/usr/bin",
  "/usr/sbin",
  "/usr/lib",
  "/usr/lib32",
  "/usr/lib64",
  "/usr/libexec",
  "/usr/share",
];
const topLevel = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix", "/gnu"];
const certificates = ["/etc/ssl", "/etc/pki", "/etc/ca-certificates"];
const devices = ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty"];
const etcFiles = [
  "nsswitch.conf",
  "ld.so.cache",
  "resolv.conf",
  "host.conf",
  "gai.conf",
  "localtime",
  "services",
  "protocols",
];

/** Looks once which of the usual directories this machine has. */
export function readSystemFiles(): SystemFiles {
  const links: Record<string, string> = {};
  const bound: string[] = directories.filter(isDirectory);
  for (const path of topLevel) {
    if (!existsSync(path)) continue;
    if (lstatSync(path).isSymbolicLink()) links[path] = readlinkSync(path);
    else bound.push(path);
  }
  const mounts: Mount[] = [
    ...[...bound, ...certificates.filter(isDirectory)].map((path) => bind(path, "directory", true)),
    ...devices.filter((path) => existsSync(path)).map((path) => bind(path, "file", false)),
    { source: "tmpfs", path: "/dev/shm", kind: "tmpfs", origin: "system", readOnly: false },
    { source: "proc", path: "/proc", kind: "proc", origin: "system", readOnly: false },
  ];
  return { mounts, links, etc: etcFiles.filter((name) => existsSync(join("/etc", name))) };
}

function bind(path: string, kind: "directory" | "file", readOnly: boolean): Mount {
  return { source: path, path, kind, origin: "system", readOnly };
}

function isDirectory(path: string): boolean {
  return existsSync(path) && !lstatSync(path).isSymbolicLink() && lstatSync(path).isDirectory();
}

/** Who the container thinks it is. */
export interface ContainerIdentity {
  uid: number;
  gid: number;
  hostname: string;
  podIp: string;
}

/** Lays out the bare root below `root`: links, /etc, and the place where the machine's own root is put before it is let go. */
export function layOutRoot(root: string, system: SystemFiles, identity: ContainerIdentity): void {
  for (const directory of ["etc", "dev", "tmp", "usr", "var", "run", ".host"])
    mkdirSync(join(root, directory), { recursive: true });
  for (const [path, target] of Object.entries(system.links)) symlinkSync(target, join(root, path));
  for (const name of system.etc) copyFileSync(join("/etc", name), join(root, "etc", name));
  const { uid, gid, hostname, podIp } = identity;
  const users = uid === 0 ? "" : `user:x:${uid}:${gid}::/tmp:/bin/sh\n`;
  writeFileSync(
    join(root, "etc/passwd"),
    `root:x:0:0:root:/root:/bin/sh\n${users}nobody:x:65534:65534::/:/bin/sh\n`,
  );
  writeFileSync(
    join(root, "etc/group"),
    `root:x:0:\n${gid === 0 ? "" : `user:x:${gid}:\n`}nogroup:x:65534:\n`,
  );
  writeFileSync(join(root, "etc/hostname"), `${hostname}\n`);
  writeFileSync(join(root, "etc/hosts"), `127.0.0.1 localhost\n${podIp} ${hostname}\n`);
  for (const [name, target] of Object.entries({ fd: "", stdin: "/0", stdout: "/1", stderr: "/2" })) {
    symlinkSync(`/proc/self/fd${target}`, join(root, "dev", name));
  }
}
