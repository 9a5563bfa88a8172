import { spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { launchCommand } from "./command.ts";
import { environmentScript } from "./environment-file.ts";
import type { IsolationMode } from "./mode.ts";
import { type Mount, planRoot } from "./root-plan.ts";
import { layOutRoot, readSystemFiles } from "./system.ts";
import { findIsolation } from "./trial.ts";

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;
const scratch = mkdtempSync(join(tmpdir(), "kyma-isolation-"));
const found = (await findIsolation(scratch)).mode;
/** Root can try all three: as somebody else it has a user namespace only. */
const possible: IsolationMode[] = found === "root" ? ["root", "user", "directories"] : [found];
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

/** Runs a shell script as a container would be run; its output goes to a file, as a container's does. */
async function runIn(mode: IsolationMode, script: string): Promise<{ output: string; exit: string }> {
  const directory = join(scratch, mode);
  const [root, volume, fstab] = [
    join(directory, "root"),
    join(directory, "volume"),
    join(directory, "fstab"),
  ];
  mkdirSync(volume, { recursive: true });
  writeFileSync(join(volume, "file"), "from the volume");
  writeFileSync(join(directory, "env"), environmentScript({ GREETING: "it's me", LD_PRELOAD: "" }));
  const system = readSystemFiles();
  layOutRoot(root, system, { uid: 1000, gid: 1000, hostname: "h", podIp: "10.244.0.2" });
  const mounts: Mount[] = [
    ...system.mounts,
    { source: volume, path: "/data", kind: "directory", origin: "volume", readOnly: true },
  ];
  const plan = planRoot(root, mounts, { readOnlyRoot: true });
  for (const point of plan.points) {
    mkdirSync(point.kind === "directory" ? point.path : dirname(point.path), { recursive: true });
    if (point.kind === "file") writeFileSync(point.path, "");
  }
  writeFileSync(fstab, plan.fstab);
  giveTo(mode === "root" ? 1000 : nobody, directory);
  const user = { uid: 1000, gid: 1000, groups: [2000] };
  const launch = {
    runDirectory: directory,
    command: ["/bin/sh", "-c", script],
    workingDirectory: "/data",
    user,
  };
  const [command, ...args] = launchCommand(
    mode,
    mode === "directories" ? launch : { ...launch, root: { path: root, fstab } },
  );
  const asNobody = isRoot && mode !== "root" ? { uid: nobody, gid: nobody } : {};
  const child = spawn(command ?? "", args, {
    ...asNobody,
    stdio: ["ignore", "pipe", "pipe"],
    cwd: directory,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await new Promise((resolve) => child.once("close", resolve));
  return { output, exit: readFileSync(join(directory, "exit"), "utf8") };
}

function giveTo(uid: number, path: string): void {
  if (!isRoot) return;
  chmodSync(scratch, 0o755);
  chownSync(path, uid, uid);
  if (lstatSync(path).isDirectory()) {
    for (const name of readdirSync(path))
      if (!lstatSync(join(path, name)).isSymbolicLink()) giveTo(uid, join(path, name));
  }
}

test.each(possible)("%s: the exit code and the environment come through", async (mode) => {
  expect(await runIn(mode, 'echo "$GREETING"; exit 42')).toEqual({ output: "it's me\n", exit: "42\n" });
});

test.each(possible.filter((mode) => mode !== "directories"))(
  "%s: the container sees its volume and itself alone",
  async (mode) => {
    const script = "cat file; echo; id -u; echo $$; ls -d /proc/[0-9]* | wc -l; ls / | tr '\\n' ' '";
    const { output } = await runIn(mode, script);
    const [content, uid, pid, , top] = output.split("\n");
    expect([content, uid, pid]).toEqual(["from the volume", "1000", "1"]);
    expect(top?.split(" ")).toEqual(expect.arrayContaining(["data", "proc", "usr"]));
    expect(top?.split(" ")).not.toEqual(expect.arrayContaining(["root"]));
  },
);

test.each(possible.filter((mode) => mode !== "directories"))(
  "%s: it has no rights, and can write nowhere",
  async (mode) => {
    const script =
      "grep -E 'CapEff|NoNewPrivs' /proc/self/status; touch /x /data/x /usr/bin/x; ls /.host; mount -t tmpfs t /tmp";
    const { output } = await runIn(mode, script);
    expect(output).toMatch(/CapEff:\s+0+\n/);
    expect(output).toMatch(/NoNewPrivs:\s+1\n/);
    expect(output.match(/cannot touch/g)).toHaveLength(3);
    expect(output).toMatch(/mount: .*(permission denied|must be superuser|failed)/i);
  },
);

test.each(possible)("%s: the code of a killed process is its signal", async (mode) => {
  // The first process of a PID namespace cannot be killed from inside: a child of it stands in.
  expect((await runIn(mode, "sh -c 'kill -9 $$'; exit $?")).exit).toBe("137\n");
});
