import fs from "node:fs";
import { createRequire, stripTypeScriptTypes } from "node:module";
import path from "node:path";

const sourceDir = path.join(import.meta.dirname, "src");

/**
 * Builds the runtime's image into an empty or absent directory: JavaScript that Node 20 and later run, and a link to the
 * node_modules that hold its dependencies. `main.js` is the entrypoint: no arguments to serve, "install" to install.
 * Runs on Node ≥ 22.18, which can strip types.
 */
export function buildImage(targetDir: string): void {
  fs.mkdirSync(targetDir, { recursive: true });
  for (const name of fs.readdirSync(sourceDir)) {
    if (!name.endsWith(".ts") || name.endsWith(".test.ts")) continue;
    const stripped = stripTypeScriptTypes(fs.readFileSync(path.join(sourceDir, name), "utf8"));
    const script = stripped.replaceAll(/((?:from|import\()\s*"\.\/[\w./-]+)\.ts"/g, '$1.js"');
    fs.writeFileSync(path.join(targetDir, name.replace(/\.ts$/, ".js")), script);
  }
  fs.writeFileSync(path.join(targetDir, "package.json"), '{ "type": "module" }\n');
  const link = path.join(targetDir, "node_modules");
  fs.rmSync(link, { recursive: true, force: true });
  fs.symlinkSync(findNodeModules(), link);
}

/** The directory that holds the runtime's dependencies: npm puts those of all workspaces into one. */
function findNodeModules(): string {
  const manifest = createRequire(import.meta.url).resolve("express/package.json");
  return path.dirname(path.dirname(manifest));
}

/**
 * The flags under which the image's server is to run: Node's permission model, reading only what is named here.
 * `writable` are the function directory (the server puts the source there), /tmp and the termination log.
 */
export function permissionFlags(
  nodeMajor: number,
  paths: { imageDir: string; readable: string[]; writable: string[] },
): string[] {
  const readable = [paths.imageDir, findNodeModules(), ...paths.readable, ...paths.writable];
  return [
    nodeMajor < 22 ? "--experimental-permission" : "--permission",
    "--allow-worker",
    ...readable.map((name) => `--allow-fs-read=${name}`),
    ...paths.writable.map((name) => `--allow-fs-write=${name}`),
  ];
}
