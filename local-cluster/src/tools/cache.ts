import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** The programs of the control plane, by the names they have in the cache. */
export const toolNames = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kubectl",
  "nats-server",
] as const;
export type ToolName = (typeof toolNames)[number];

/** Absolute path of each program. */
export type Tools = Record<ToolName, string>;

/** Says in a few words what is being done just now. */
export type Report = (detail: string) => void;

/** Where go.mod and go.sum are that pin the versions. */
export const toolsModuleDir = join(import.meta.dirname, "../../tools");

/** The folder that holds the programs of exactly these versions for this processor. Other versions get another folder. */
export async function toolsCacheDir(): Promise<string> {
  const hash = createHash("sha256").update(process.arch);
  for (const file of ["go.mod", "go.sum"]) hash.update(await readFile(join(toolsModuleDir, file)));
  return join(cacheHome(), "control-plane", hash.digest("hex").slice(0, 16));
}

/** Everything that can be fetched or made again lies below this folder. */
export function cacheHome(): string {
  return join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "kyma");
}

/** The paths that the programs have in a folder, present or not. */
export function toolsIn(dir: string): Tools {
  return Object.fromEntries(toolNames.map((name) => [name, join(dir, name)])) as Tools;
}

/** The programs that a folder does not hold yet. */
export async function missingTools(dir: string): Promise<ToolName[]> {
  const tools = toolsIn(dir);
  const present = await Promise.all(toolNames.map((name) => isExecutable(tools[name])));
  return toolNames.filter((_, index) => !present[index]);
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
