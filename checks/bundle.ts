/** Builds the console and holds what a first visit loads (no Monaco) to its budget, in Brotli bytes. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

const budget = { js: 250 * 1024, css: 80 * 1024 };

interface ManifestChunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  css?: string[];
}
type Manifest = Record<string, ManifestChunk>;

execFileSync("npm", ["run", "build"], { stdio: ["ignore", "ignore", "inherit"] });
const dist = "frontend/dist";
const manifest = JSON.parse(readFileSync(`${dist}/.vite/manifest.json`, "utf8")) as Manifest;

/** The entry and all that it imports statically. */
function initialFiles(): Set<string> {
  const files = new Set<string>();
  const visit = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const css of chunk.css ?? []) files.add(css);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  for (const [name, chunk] of Object.entries(manifest)) if (chunk.isEntry) visit(name);
  return files;
}

const files = [...initialFiles()];
for (const [extension, limit] of Object.entries(budget)) {
  const sizes = files.filter((file) => file.endsWith(`.${extension}`));
  const bytes = sizes.reduce(
    (total, file) => total + brotliCompressSync(readFileSync(`${dist}/${file}`)).length,
    0,
  );
  console.log(`initial ${extension}: ${bytes} bytes in ${sizes.length} files, budget ${limit}`);
  if (bytes > limit || bytes === 0) process.exitCode = 1;
}
