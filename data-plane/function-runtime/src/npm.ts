import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** How npm ended; `stderr` is cut to its last 64 KiB. */
export interface NpmOutcome {
  exitCode: number;
  stderr: string;
}

const stderrLimit = 65_536;

/**
 * Runs `npm install` in a directory with this process' own Node. It may read all that this process may, but write only
 * to the directory, its cache and the temporary directory, and start nothing: neither scripts of packages nor git.
 * @throws Error with one sentence when there is no npm.
 */
export async function runNpmInstall(directory: string, env: NodeJS.ProcessEnv): Promise<NpmOutcome> {
  const cache = env["NPM_CONFIG_CACHE"] || env["npm_config_cache"] || path.join(os.tmpdir(), "npm-cache");
  fs.mkdirSync(cache, { recursive: true });
  const script = findNpm(env["PATH"] ?? "");
  const flags = permissionFlags([directory, cache, os.tmpdir()]);
  const npm = spawn(process.execPath, [...flags, script, ...installArguments], {
    cwd: directory,
    env: { ...env, NPM_CONFIG_CACHE: cache, NODE_OPTIONS: "", NO_COLOR: "1" },
    stdio: ["ignore", "inherit", "pipe"],
  });
  let stderr = "";
  npm.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    process.stderr.write(chunk);
    stderr = (stderr + chunk).slice(-stderrLimit);
  });
  return new Promise((resolve, reject) => {
    npm.once("error", (error) =>
      reject(new Error(`npm cannot be started: ${error.message}.`, { cause: error })),
    );
    npm.once("close", (code) => resolve({ exitCode: code ?? 1, stderr }));
  });
}

const installArguments = [
  "install",
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  "--prefer-offline",
  "--no-update-notifier",
  "--no-progress",
  "--allow-git=none",
  "--allow-remote=none",
  "--loglevel=error",
  "--logs-max=0",
];

function permissionFlags(writable: string[]): string[] {
  const major = Number(process.versions.node.split(".")[0]);
  const directories = writable.map((directory) => fs.realpathSync(directory));
  return [
    major < 22 ? "--experimental-permission" : "--permission",
    "--no-warnings",
    "--allow-fs-read=*",
    ...new Set([...writable, ...directories].map((directory) => `--allow-fs-write=${directory}`)),
  ];
}

/** npm's own script: the one that came with the running Node, else the one on the PATH. */
function findNpm(searchPath: string): string {
  const inModules = path.join("lib", "node_modules", "npm", "bin", "npm-cli.js");
  const beside = path.join(path.dirname(fs.realpathSync(process.execPath)), "..", inModules);
  if (fs.existsSync(beside)) return beside;
  for (const directory of searchPath.split(path.delimiter).filter(Boolean)) {
    const candidate = path.join(directory, "npm");
    if (!fs.existsSync(candidate)) continue;
    const script = fs.realpathSync(candidate);
    if (script.endsWith(".js")) return script;
    const installed = path.join(path.dirname(script), "..", inModules);
    if (fs.existsSync(installed)) return installed;
  }
  throw new Error(
    "npm was found neither beside Node.js nor on the PATH: the dependencies cannot be installed.",
  );
}
