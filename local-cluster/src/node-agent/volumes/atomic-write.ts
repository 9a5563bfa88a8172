import { chown, chmod, mkdir, readdir, readlink, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { VolumeFiles } from "./projection.ts";

/** Who owns the files; absent where the agent may not give files away. */
export interface FileOwner {
  uid: number;
  gid: number;
}

/**
 * Makes `directory` show exactly these files. As with a kubelet they lie in a directory of their own behind the link `..data`, which is
 * swapped in one step: a reader sees either all old or all new files.
 */
export async function writeAtomically(
  directory: string,
  files: VolumeFiles,
  owner?: FileOwner,
): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o755 });
  const previous = await readlink(join(directory, "..data")).catch(() => undefined);
  const version = `..${new Date().toISOString().replace(/[^\d]/g, "_")}${Math.random().toString(36).slice(2, 8)}`;
  for (const [path, { content, mode }] of files)
    await writeOne(join(directory, version, path), content, mode, owner);
  await mkdir(join(directory, version), { recursive: true, mode: 0o755 });
  await symlink(version, join(directory, "..data.new"));
  await rename(join(directory, "..data.new"), join(directory, "..data"));
  await linkTop(directory, new Set([...files.keys()].map((path) => path.split("/")[0] ?? path)));
  if (previous) await rm(join(directory, previous), { recursive: true, force: true });
}

async function writeOne(
  path: string,
  content: Buffer,
  mode: number,
  owner: FileOwner | undefined,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o755 });
  await writeFile(path, content, { mode: 0o600 });
  if (owner) await chown(path, 0, owner.gid);
  // Files are root's; the pod's own user reads them through the group.
  await chmod(path, owner && owner.gid !== 0 ? mode | 0o040 : mode);
}

async function linkTop(directory: string, names: Set<string>): Promise<void> {
  const present = (await readdir(directory)).filter((name) => !name.startsWith(".."));
  for (const name of present)
    if (!names.has(name)) await rm(join(directory, name), { force: true, recursive: true });
  for (const name of names)
    if (!present.includes(name)) await symlink(join("..data", name), join(directory, name));
}
