import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** Ranges move: what they resolved to is not reused for longer than this. */
const reuseMilliseconds = 24 * 60 * 60 * 1000;

/**
 * Puts an earlier installation of the very same dependencies into the function directory.
 * It is copied, never linked: a Function may change its own files, but not those of others.
 * @returns false when there is none.
 */
export function findFinished(cacheDir: string, identity: string, functionDir: string): boolean {
  const entry = entryDirectory(cacheDir, identity);
  try {
    if (Date.now() - fs.statSync(entry).mtimeMs > reuseMilliseconds) return false;
    fs.cpSync(entry, path.join(functionDir, "node_modules"), copyOptions);
    return true;
  } catch {
    return false;
  }
}

/** Keeps a finished installation for others. A failure to do so is no failure of the installation. */
export function keepFinished(cacheDir: string, identity: string, functionDir: string): void {
  const entry = entryDirectory(cacheDir, identity);
  const unfinished = `${entry}.${randomUUID()}`;
  try {
    fs.mkdirSync(cacheDir, { recursive: true });
    fs.cpSync(path.join(functionDir, "node_modules"), unfinished, copyOptions);
    const now = new Date();
    fs.utimesSync(unfinished, now, now);
    fs.rmSync(entry, { recursive: true, force: true });
    fs.renameSync(unfinished, entry);
  } catch (error) {
    fs.rmSync(unfinished, { recursive: true, force: true });
    console.error(`The installed dependencies were not kept for reuse: ${(error as Error).message}`);
  }
}

const copyOptions = { recursive: true, verbatimSymlinks: true, mode: fs.constants.COPYFILE_FICLONE };

function entryDirectory(cacheDir: string, identity: string): string {
  const { platform, arch, versions } = process;
  const key = JSON.stringify([platform, arch, versions.modules, identity]);
  return path.join(cacheDir, createHash("sha256").update(key).digest("hex"));
}
