import { asUser, ownTerminal, withoutRights } from "./command.ts";
import type { IsolationMode } from "./mode.ts";

/** What must be known to start another process in a running container's world; kept in its run directory. */
export interface EntryFacts {
  user: { uid: number; gid: number; groups: number[] };
  /** As the container sees it. */
  workingDirectory: string;
}

/** One more process for a running container; `main` and `shim` are process ids as this machine numbers them. */
export interface Entry extends EntryFacts {
  runDirectory: string;
  main: number;
  shim: number;
  command: string[];
  tty: boolean;
}

/** Descriptor 8 is the container's environment, as for its first process. */
const openEnvironment = ["/bin/sh", "-c", 'exec 8< "$1"; shift; exec "$@"', "sh"];

/**
 * The last step, inside and without rights: the directory, the environment, and a clear sentence where the program is not there. Exit codes
 * are those of a shell: 127 for not found, 126 for cannot be run.
 */
const script = `cd "$1" 2> /dev/null
shift
program=$1
fail() {
  echo "OCI runtime exec failed: exec failed: unable to start container process: exec: \\"$program\\": $1" >&2
  exit "$2"
}
on_path() (
  IFS=:
  for directory in $PATH; do
    [ -f "$directory/$program" ] && [ -x "$directory/$program" ] && exit 0
  done
  exit 1
)
. /proc/self/fd/8
exec 8<&-
case $program in
*/*)
  [ -e "$program" ] || fail "stat $program: no such file or directory" 127
  { [ -x "$program" ] && [ ! -d "$program" ]; } || fail "permission denied" 126
  ;;
*) on_path || fail "executable file not found in \\$PATH" 127 ;;
esac
exec "$@"`;

/** The full command line with which the node agent starts a process inside a running container. */
export function execCommand(mode: IsolationMode, entry: Entry): string[] {
  const term = entry.tty ? 'export TERM="${TERM:-xterm}"\n' : "";
  const last = ["/bin/sh", "-c", term + script, "sh", entry.workingDirectory, ...entry.command];
  return [...openEnvironment, `${entry.runDirectory}/env`, ...enter(mode, entry), ...last];
}

function enter(mode: IsolationMode, { main, shim, user, tty }: Entry): string[] {
  const takeTerminal = tty ? [...ownTerminal, "--wait"] : [];
  if (mode === "directories") return takeTerminal;
  if (mode === "root")
    return ["nsenter", `--target=${main}`, "--mount", "--pid", "--", ...takeTerminal, ...asUser(user)];
  // The container's first process is in a user namespace of its own; its shim is in the one that owns the mounts and the process ids.
  return [
    "nsenter",
    `--target=${shim}`,
    "--user",
    "--preserve-credentials",
    "--mount",
    `--pid=/proc/${main}/ns/pid`,
    "--",
    "unshare",
    "--user",
    `--map-user=${user.uid}`,
    `--map-group=${user.gid}`,
    ...takeTerminal,
    ...withoutRights,
  ];
}
