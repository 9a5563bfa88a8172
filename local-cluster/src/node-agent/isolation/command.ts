import { join } from "node:path";
import { takeUpEnvironment } from "./environment-file.ts";
import type { IsolationMode } from "./mode.ts";

export const shimScript = join(import.meta.dirname, "shim.sh");
export const enterScript = join(import.meta.dirname, "enter.sh");

/** One process to be started for a container. */
export interface Launch {
  /** Where shim and container leave their process ids and the exit code. */
  runDirectory: string;
  /** The container's own command, with paths as it will see them. */
  command: string[];
  workingDirectory: string;
  user: { uid: number; gid: number; groups: number[] };
  /** Its standard input is a terminal, which becomes its own. */
  tty?: boolean;
  /** In mode root: a process whose PID namespace is joined, instead of a new one. In the other modes it is not. */
  joined?: number | undefined;
  /** Needed in the modes with namespaces. */
  root?: { path: string; fstab: string };
}

/** The full command line: shim, and, with namespaces, what enters them and gives up every right. */
export function launchCommand(mode: IsolationMode, launch: Launch): string[] {
  const shim = ["/bin/sh", shimScript, launch.runDirectory];
  const last = [...takeUpEnvironment, ...launch.command];
  const takeTerminal = launch.tty ? ownTerminal : [];
  if (mode === "directories" || !launch.root) return [...shim, ...takeTerminal, ...last];
  const enter = ["/bin/sh", enterScript, launch.root.fstab, launch.root.path, launch.workingDirectory];
  if (mode === "root") {
    return [
      ...rootNamespaces(launch.joined),
      ...shim,
      ...enter,
      ...takeTerminal,
      ...asUser(launch.user),
      ...last,
    ];
  }
  return [
    "unshare",
    "--user",
    "--map-root-user",
    "--mount",
    "--pid",
    "--propagation",
    "private",
    ...shim,
    ...enter,
    "unshare",
    "--user",
    `--map-user=${launch.user.uid}`,
    `--map-group=${launch.user.gid}`,
    ...takeTerminal,
    ...withoutRights,
    ...last,
  ];
}

/** Only children are in the PID namespace: the shim stays outside, so that its exit code outlives it. */
function rootNamespaces(joined: number | undefined): string[] {
  const mounts = ["--mount", "--propagation", "private"];
  if (joined === undefined) return ["unshare", "--pid", ...mounts];
  return ["nsenter", `--pid=/proc/${joined}/ns/pid`, "--no-fork", "--", "unshare", ...mounts];
}

/** Becomes the leader of a session whose terminal is the standard input. */
export const ownTerminal = ["setsid", "--ctty"];

/** Gives up every right, for good. */
export const withoutRights = ["setpriv", "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all"];

/** Becomes the container's user, without rights. */
export function asUser(user: Launch["user"]): string[] {
  const groups = user.groups.length > 0 ? `--groups=${user.groups.join(",")}` : "--clear-groups";
  return [...withoutRights, `--reuid=${user.uid}`, `--regid=${user.gid}`, groups];
}
