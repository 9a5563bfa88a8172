import path from "node:path";

/** One sentence on why the handler's module could not be loaded, with the place in the source if known. */
export function describeLoadError(error: unknown, handlerPath: string): string {
  const file = path.basename(handlerPath);
  if (!(error instanceof Error))
    return `The Function's source ${file} threw while it was loaded: ${text(error)}.`;
  const code = (error as NodeJS.ErrnoException).code;
  const place = findPlace(error.stack ?? "", handlerPath);
  const where = place === undefined ? file : `${file}, line ${place}`;
  const missing = missingModule(error.message, code);
  if (missing !== undefined) return describeMissingModule(missing, file);
  if (error instanceof SyntaxError)
    return `The Function's source has a syntax error in ${where}: ${firstLine(error)}.`;
  if (error.message.includes("require is not defined in ES module scope")) {
    return `The Function's source ${where} uses require in an ES module: use import, or module.exports instead of export.`;
  }
  return `The Function's source threw while it was loaded, in ${where}: ${error.name}: ${firstLine(error)}.`;
}

/** One sentence on a module without a usable `main`, naming what it exports instead. */
export function describeMissingMain(loaded: Record<string, unknown>, file: string): string {
  if (loaded["main"] !== undefined) {
    return `The Function's source ${file} exports "main" as ${typeof loaded["main"]}: it must be a function.`;
  }
  const byDefault = loaded["default"];
  const isCommonJs = typeof byDefault === "object" && byDefault !== null;
  const names = Object.keys({ ...loaded, ...(isCommonJs ? byDefault : {}) }).filter(
    (name) => name !== "default" && name !== "module.exports",
  );
  const found = names.length === 0 ? "it exports nothing" : `it exports ${names.slice(0, 10).join(", ")}`;
  return (
    `The Function's source ${file} exports no function named "main" (${found}): ` +
    `write "module.exports = { main: function (event, context) { … } }" or "export function main(event, context) { … }".`
  );
}

function missingModule(message: string, code: string | undefined): string | undefined {
  if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") return undefined;
  return /Cannot find (?:package|module) '([^']+)'/.exec(message)?.[1];
}

function describeMissingModule(name: string, file: string): string {
  const isFile = name.startsWith(".") || path.isAbsolute(name);
  if (isFile)
    return `The Function's source ${file} loads the file "${path.basename(name)}", which does not exist.`;
  return `The Function's source ${file} loads the package "${name}", which is not installed: add it to the Function's dependencies.`;
}

/** The first line number that a stack gives for the handler, as in `/…/handler.js:3:7`. */
function findPlace(stack: string, handlerPath: string): number | undefined {
  const at = stack.indexOf(`${handlerPath}:`);
  if (at < 0) return undefined;
  const line = Number.parseInt(stack.slice(at + handlerPath.length + 1), 10);
  return Number.isNaN(line) ? undefined : line;
}

function firstLine(error: Error): string {
  return (error.message.split("\n")[0] ?? "").trim().replace(/\.$/, "").slice(0, 1000);
}

function text(thrown: unknown): string {
  try {
    return String(thrown).slice(0, 1000);
  } catch {
    return typeof thrown;
  }
}
