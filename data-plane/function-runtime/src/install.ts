import fs from "node:fs";
import path from "node:path";
import { blankToUndefined, functionDirectory } from "./config.ts";
import { readDependencies } from "./dependencies.ts";
import { findFinished, keepFinished } from "./dependency-cache.ts";
import { describeNpmFailure } from "./npm-errors.ts";
import { runNpmInstall } from "./npm.ts";
import { endWith } from "./termination.ts";

/**
 * Installs the dependencies of the environment's FUNC_HANDLER_DEPENDENCIES into the function directory.
 * Ends the process with code 1 and one sentence when that cannot be done.
 */
export async function install(env: NodeJS.ProcessEnv): Promise<void> {
  const text = blankToUndefined(env["FUNC_HANDLER_DEPENDENCIES"]);
  if (text === undefined) return console.log("The Function has no dependencies.");
  try {
    await installInto(functionDirectory(env), text, env);
  } catch (error) {
    endWith((error as Error).message);
  }
}

async function installInto(functionDir: string, text: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { packages, identity } = readDependencies(text);
  writeManifest(functionDir, text);
  if (packages.size === 0) return console.log("The Function has no dependencies.");
  const cacheDir = blankToUndefined(env["DEPENDENCY_CACHE"]);
  if (cacheDir !== undefined && findFinished(cacheDir, identity, functionDir)) {
    return console.log(`The dependencies ${[...packages.keys()].join(", ")} were installed before: reused.`);
  }
  const { exitCode, stderr } = await runNpmInstall(functionDir, env);
  if (exitCode !== 0) throw new Error(describeNpmFailure(stderr));
  if (cacheDir !== undefined) keepFinished(cacheDir, identity, functionDir);
}

function writeManifest(functionDir: string, text: string): void {
  try {
    fs.mkdirSync(functionDir, { recursive: true });
    fs.writeFileSync(path.join(functionDir, "package.json"), text);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new Error(`The Function's dependencies cannot be written to ${functionDir}: ${reason}.`, {
      cause: error,
    });
  }
}
