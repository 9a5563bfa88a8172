import { Environment, type ASTNode } from "@marcbachmann/cel-js";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import { setFlagsFromString } from "node:v8";
import { badInput } from "../graphql/errors.ts";

// CEL promises that a pattern runs in linear time. V8 has such an engine; so told it changes to it when a pattern backtracks too much.
setFlagsFromString("--enable-experimental-regexp-engine");
setFlagsFromString("--enable-experimental-regexp-engine-on-excessive-backtracks");

export type Where = (object: UnknownObject) => boolean;

const longestExpression = 2000;
const deepestMacros = 2;
const macros = new Set(["all", "exists", "exists_one", "map", "filter", "transformList"]);

const environment = new Environment({
  enableOptionalTypes: true,
  limits: { maxAstNodes: 500, maxDepth: 50, maxListElements: 200, maxMapEntries: 200, maxCallArguments: 16 },
}).registerVariable("object", "dyn");
// JSON has one kind of number, which CEL takes for a double; people write 1, not 1.0.
for (const [sign, compute] of Object.entries<(a: number, b: number) => number>({
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
})) {
  for (const types of [`double ${sign} int`, `int ${sign} double`])
    environment.registerOperator(types, (a: number | bigint, b: number | bigint) =>
      compute(Number(a), Number(b)),
    );
}
environment.registerOperator("double % double", (a: number, b: number) => a % b);

/** Compiles a CEL expression over `object`; one that does not compile is BAD_INPUT with the position and what is wrong there. */
export function compileWhere(text: string): Where {
  if (text.length > longestExpression)
    throw badInput(`an expression may have at most ${longestExpression} characters`);
  const parsed = parse(text);
  const checked = parsed.check();
  if (!checked.valid) throw notCompiled(text, checked.error);
  if (checked.type !== "bool" && checked.type !== "dyn")
    throw badInput(`the expression "${text}" gives ${checked.type}, but true or false is needed`);
  if (macroDepth(parsed.ast) > deepestMacros)
    throw badInput(`an expression may nest all, exists, map and filter at most ${deepestMacros} deep`);
  checkPatterns(parsed.ast);
  return (object) => parsed({ object }) === true;
}

/** Throws for what cannot be matched in linear time (look-around, back references) or is no pattern. */
const linearFlag: string = "l";
const linear = (pattern: string): RegExp => new RegExp(pattern, linearFlag);

/** Only patterns that the linear engine can run, so none that are made of the object's own text. */
function checkPatterns(node: unknown): void {
  if (Array.isArray(node)) return node.forEach(checkPatterns);
  if (typeof node !== "object" || node === null || !("op" in node)) return;
  const { op, args } = node as ASTNode;
  if (op === "rcall" && args[0] === "matches") {
    const [pattern] = args[2];
    if (pattern?.op !== "value" || typeof pattern.args !== "string")
      throw badInput("matches needs its pattern as text in quotes");
    try {
      linear(pattern.args);
    } catch (error) {
      throw badInput(`the pattern of matches cannot be used: ${reasonOf(error)}`);
    }
  }
  checkPatterns(args);
}

function parse(text: string): ReturnType<Environment["parse"]> {
  try {
    return environment.parse(text);
  } catch (error) {
    throw notCompiled(text, error);
  }
}

interface CelError {
  message: string;
  range?: { start: number };
}

function notCompiled(text: string, error: unknown): Error {
  const { message, range } = (error ?? { message: "unknown" }) as CelError;
  const sentence = message.split("\n")[0] ?? "";
  const at = Math.min(range?.start ?? 0, text.length);
  return badInput(`the expression does not compile at character ${at + 1}: ${sentence}`);
}

/** The first sentence of why an expression failed on an object. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}

function macroDepth(node: unknown): number {
  if (Array.isArray(node)) return Math.max(0, ...node.map(macroDepth));
  if (typeof node !== "object" || node === null || !("op" in node)) return 0;
  const { op, args } = node as ASTNode;
  const own = op === "rcall" && macros.has(args[0]) ? 1 : 0;
  return own + macroDepth(args);
}
