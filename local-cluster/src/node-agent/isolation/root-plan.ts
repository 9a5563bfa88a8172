import { posix } from "node:path";

/** One thing that a container sees at `path`; `source` is a path of this machine, or the kind of a virtual file system. */
export interface Mount {
  source: string;
  path: string;
  kind: "directory" | "file" | "tmpfs" | "proc";
  /** `volume` directories may get mount points made inside them; nothing else may. */
  origin: "system" | "image" | "volume";
  readOnly: boolean;
}

/** A directory or file that must be there before the mounts are made. */
export interface MountPoint {
  path: string;
  kind: "directory" | "file";
  /** True when it lies in something read-only of others: it cannot be made, only be there. */
  mustExist: boolean;
  /** The path as the container sees it, for messages. */
  seenAs: string;
}

export interface RootPlan {
  points: MountPoint[];
  fstab: string;
}

/**
 * Plans the file system of one container below `root`. Mounts are made from the outermost to the innermost path; of two on the same path
 * the later one in the list wins.
 */
export function planRoot(root: string, mounts: Mount[], options: { readOnlyRoot: boolean }): RootPlan {
  const ordered = [...new Map(mounts.map((mount) => [posix.resolve("/", mount.path), mount])).entries()].sort(
    ([a], [b]) => depth(a) - depth(b),
  );
  const points: MountPoint[] = [];
  const lines = [fstabLine(root, root, "none", options.readOnlyRoot ? "bind,ro" : "bind")];
  const done: [string, Mount][] = [];
  for (const [path, mount] of ordered) {
    points.push(mountPoint(root, path, mount, done));
    lines.push(mountLine(root, path, mount));
    done.push([path, mount]);
  }
  return { points, fstab: `${lines.join("\n")}\n` };
}

function depth(path: string): number {
  return path.split("/").length;
}

/** Where the mount point really lies: in the bare root, or in the source of the innermost mount around it. */
function mountPoint(root: string, path: string, mount: Mount, outer: [string, Mount][]): MountPoint {
  const kind = mount.kind === "file" ? "file" : "directory";
  const around = innermost(path, outer);
  if (!around) return { path: posix.join(root, path), kind, mustExist: false, seenAs: path };
  const [outerPath, outerMount] = around;
  const inside = posix.join(outerMount.source, path.slice(outerPath.length));
  return { path: inside, kind, mustExist: outerMount.origin !== "volume", seenAs: path };
}

function innermost(path: string, outer: [string, Mount][]): [string, Mount] | undefined {
  return outer
    .filter(([outerPath]) => path.startsWith(`${outerPath}/`))
    .sort(([a], [b]) => b.length - a.length)
    .at(0);
}

function mountLine(root: string, path: string, mount: Mount): string {
  const target = posix.join(root, path);
  if (mount.kind === "tmpfs") return fstabLine("tmpfs", target, "tmpfs", "size=64m,mode=1777,nosuid,nodev");
  if (mount.kind === "proc") return fstabLine("proc", target, "proc", "nosuid,nodev,noexec");
  return fstabLine(mount.source, target, "none", mount.readOnly ? "bind,ro" : "bind");
}

function fstabLine(source: string, target: string, type: string, options: string): string {
  return `${escape(source)} ${escape(target)} ${type} ${options} 0 0`;
}

/** fstab separates fields by blanks; they and the backslash are written in octal. */
function escape(path: string): string {
  return path.replace(/[\\\s#]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`);
}
