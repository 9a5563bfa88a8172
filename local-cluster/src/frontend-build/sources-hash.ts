import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

const sources = [
  "src",
  "public",
  "build",
  "index.html",
  "package.json",
  "tsconfig.json",
  "vite.config.ts",
  "../package-lock.json",
];

/** A hash of everything that the built console depends on; tests beside the sources are left out. */
export async function sourcesHash(frontendDir: string): Promise<string> {
  const files = (await Promise.all(sources.map((source) => filesOf(join(frontendDir, source)))))
    .flat()
    .sort();
  const hash = createHash("sha256");
  for (const file of files) {
    if (/\.test\.tsx?$/.test(file)) continue;
    hash
      .update(`${relative(frontendDir, file)}\0`)
      .update(await readFile(file))
      .update("\0");
  }
  return hash.digest("hex");
}

async function filesOf(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOTDIR") return [path];
    if (code === "ENOENT") return [];
    throw error;
  }
}
