import { execFile } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The npm of this machine and how it reaches its registry. */
export interface Npm {
  /** The package's directory, with bin/npm-cli.js in it; undefined when there is no npm. */
  directory: string | undefined;
  /** Settings as env. Only what is needed to reach the registry: no credentials. */
  env: Record<string, string>;
}

const passedOn = ["HTTPS_PROXY", "https_proxy", "NODE_EXTRA_CA_CERTS"];

/** Looks for npm on the PATH and asks it for its settings. */
export async function readNpm(): Promise<Npm> {
  const directory = findNpm(process.env["PATH"] ?? "");
  const env: Record<string, string> = {};
  for (const name of passedOn) if (process.env[name]) env[name] = process.env[name];
  if (!directory) return { directory, env };
  for (const setting of ["registry", "strict-ssl"]) {
    const value = await config(directory, setting);
    if (value) env[`NPM_CONFIG_${setting.toUpperCase().replace("-", "_")}`] = value;
  }
  return { directory, env };
}

async function config(directory: string, name: string): Promise<string> {
  const args = [join(directory, "bin", "npm-cli.js"), "config", "get", name];
  const { stdout } = await run(process.execPath, args, { timeout: 20_000 }).catch(() => ({ stdout: "" }));
  const value = stdout.trim();
  // A registry's address may carry a password.
  return value === "undefined" || value === "null" || /\/\/[^/]*@/.test(value) ? "" : value;
}

function findNpm(searchPath: string): string | undefined {
  for (const directory of searchPath.split(delimiter).filter(Boolean)) {
    const candidate = join(directory, "npm");
    if (!existsSync(candidate)) continue;
    const beside = join(dirname(realpathSync(candidate)), "..");
    for (const found of [beside, join(beside, "lib", "node_modules", "npm")]) {
      if (existsSync(join(found, "bin", "npm-cli.js"))) return realpathSync(found);
    }
  }
  return undefined;
}
