import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { launchCommand } from "./command.ts";
import { candidateModes, chooseMode, type IsolationMode, type Trial } from "./mode.ts";
import { type Mount, planRoot } from "./root-plan.ts";
import { layOutRoot, readSystemFiles } from "./system.ts";

const run = promisify(execFile);

/** Tries on this machine, with a process that ends at once, which isolation a container can have. */
export async function findIsolation(scratch: string): Promise<{ mode: IsolationMode; because?: string }> {
  const trials: Partial<Record<IsolationMode, Trial>> = {};
  for (const mode of candidateModes(process.getuid?.() ?? 1)) trials[mode] = await tryMode(mode, scratch);
  return chooseMode(trials);
}

async function tryMode(mode: IsolationMode, scratch: string): Promise<Trial> {
  mkdirSync(scratch, { recursive: true });
  const directory = mkdtempSync(join(scratch, "trial-"));
  try {
    const [command = "", ...args] = trialCommand(mode, directory);
    const { stderr } = await run(command, args, { timeout: 10_000 });
    const code = readFileSync(join(directory, "exit"), "utf8").trim();
    return code === "0" ? { works: true } : { works: false, error: stderr.trim() || `exit code ${code}` };
  } catch (error) {
    return { works: false, error: (error as Error).message.trim() };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The same steps as for a container: a read-only bind of a directory of ours, a private root, another user. */
function trialCommand(mode: IsolationMode, directory: string): string[] {
  const [root, volume, fstab] = [
    join(directory, "root"),
    join(directory, "volume"),
    join(directory, "fstab"),
  ];
  const system = readSystemFiles();
  mkdirSync(volume);
  layOutRoot(root, system, { uid: 1000, gid: 1000, hostname: "trial", podIp: "127.0.0.1" });
  const volumeMount: Mount = {
    source: volume,
    path: "/trial",
    kind: "directory",
    origin: "volume",
    readOnly: true,
  };
  const plan = planRoot(root, [...system.mounts, volumeMount], { readOnlyRoot: true });
  for (const point of plan.points) {
    mkdirSync(point.kind === "directory" ? point.path : dirname(point.path), { recursive: true });
    if (point.kind === "file") writeFileSync(point.path, "");
  }
  writeFileSync(fstab, plan.fstab);
  writeFileSync(join(directory, "env"), "", { mode: 0o644 });
  return launchCommand(mode, {
    runDirectory: directory,
    command: ["/bin/sh", "-c", "test -d /trial && test ! -e /root && test $$ = 1"],
    workingDirectory: "/",
    user: { uid: 1000, gid: 1000, groups: [] },
    root: { path: root, fstab },
  });
}
