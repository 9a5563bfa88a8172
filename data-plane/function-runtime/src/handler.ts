import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { RuntimeConfig } from "./config.ts";
import { loadExpress } from "./express-extensions.ts";
import { describeLoadError, describeMissingMain } from "./load-errors.ts";
import { loadAxios } from "./publisher.ts";

/** A user's function. What it returns, or what its promise resolves to, is the answer's body. */
export type Main = (event: unknown, context: unknown, callback: ResultCallback) => unknown;

/** The undocumented third argument: answers at once, with a status and headers if wanted. */
export type ResultCallback = (body?: unknown, status?: number, headers?: Record<string, string>) => void;

/** A handler that cannot be used. The message is one sentence for the Function's author. */
export class HandlerError extends Error {
  readonly detail: string | undefined;

  constructor(message: string, detail?: string) {
    super(message);
    this.name = "HandlerError";
    this.detail = detail;
  }
}

/**
 * Writes source and package.json that came with the environment, then imports the module.
 * @throws HandlerError when it cannot be written or loaded, or has no function `main`.
 */
export async function loadHandler(config: RuntimeConfig): Promise<Main> {
  writeSources(config);
  const fileName = path.basename(config.handlerPath);
  let loaded: Record<string, unknown>;
  try {
    loaded = (await import(pathToFileURL(config.handlerPath).href)) as Record<string, unknown>;
  } catch (error) {
    throw new HandlerError(
      describeLoadError(error, config.handlerPath),
      error instanceof Error ? error.stack : undefined,
    );
  }
  const main = findMain(loaded);
  preload(fs.readFileSync(config.handlerPath, "utf8"));
  if (typeof main !== "function") throw new HandlerError(describeMissingMain(loaded, fileName));
  return main as Main;
}

/** Loads what the source seems to use, so that not the first call has to wait for it. */
function preload(source: string): void {
  if (/\bextensions\b/.test(source)) loadExpress();
  if (/\b(?:emit|publish)CloudEvent\b/.test(source)) loadAxios();
}

/** CommonJS exports that Node could not foresee are properties of the default export only. */
function findMain(loaded: Record<string, unknown>): unknown {
  const defaultExport = loaded["default"];
  if (loaded["main"] !== undefined || defaultExport === null || typeof defaultExport !== "object") {
    return loaded["main"];
  }
  return (defaultExport as Record<string, unknown>)["main"];
}

/**
 * A package.json must be there even without dependencies: else one further up the tree would
 * decide whether the source is a CommonJS or an ES module.
 */
function writeSources(config: RuntimeConfig): void {
  if (config.source === undefined) return;
  const manifest = path.join(config.functionDir, "package.json");
  try {
    writeIfChanged(config.handlerPath, config.source);
    if (config.dependencies !== undefined) writeIfChanged(manifest, config.dependencies);
    else if (!fs.existsSync(manifest)) fs.writeFileSync(manifest, "{}\n");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new HandlerError(`The Function's source cannot be written to ${config.functionDir}: ${reason}.`);
  }
}

function writeIfChanged(file: string, text: string): void {
  if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === text) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}
