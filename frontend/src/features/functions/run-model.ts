import type { FunctionRef, RunRequest } from "#api/generated/graphql.ts";
import { recall, remember } from "#ui/storage.ts";
import type { RunAnswer } from "./functions-api.ts";

/** The form of the Run tab; headers as lines of "name: value". */
export interface RunForm {
  method: string;
  path: string;
  headers: string;
  body: string;
}

/** One run with its answer; `at` is an RFC 3339 time. */
export interface PastRun {
  at: string;
  form: RunForm;
  answer: RunAnswer;
}

export const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
const mostRuns = 10;
const longestStoredBody = 20_000;

/** Methods whose requests carry no body. */
export function hasBody(method: string): boolean {
  return method !== "GET" && method !== "HEAD";
}

/** What is wrong with the form, or undefined. */
export function runProblem({ path, headers }: RunForm): string | undefined {
  if (!path.startsWith("/")) return "The path has to begin with a slash.";
  const broken = headerLines(headers).find((line) => !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+:/.test(line));
  return broken === undefined ? undefined : `"${broken}" is no header: write name: value.`;
}

function headerLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

/** The request that the form says. */
export function toRunRequest(form: RunForm): RunRequest {
  const headers = headerLines(form.headers).map((line) => {
    const colon = line.indexOf(":");
    return { name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() };
  });
  const body = hasBody(form.method) && form.body !== "" ? form.body : null;
  return { method: form.method, path: form.path, headers, body };
}

/** A body made readable: JSON is indented, the rest stays. `json` says which editor colours fit. */
export function prettyBody(body: string): { text: string; json: boolean } {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== "object" || parsed === null) return { text: body, json: false };
    return { text: JSON.stringify(parsed, undefined, 2), json: true };
  } catch {
    return { text: body, json: false };
  }
}

/** "3.2 ms", "840 ms", "2.41 s". */
export function durationMsText(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

function runsKey({ namespace, name }: FunctionRef): string {
  return `runs.${namespace}/${name}`;
}

function session(): Storage {
  return sessionStorage;
}

/** The runs of this browser session, newest first. */
export function recallRuns(ref: FunctionRef): PastRun[] {
  try {
    return JSON.parse(recall(runsKey(ref), session) ?? "[]") as PastRun[];
  } catch {
    return [];
  }
}

/** The runs with one more; the oldest go, and large bodies are cut for storage. */
export function rememberRun(ref: FunctionRef, runs: readonly PastRun[], run: PastRun): PastRun[] {
  const next = [run, ...runs].slice(0, mostRuns);
  const short = next.map((one) => ({
    ...one,
    answer: { ...one.answer, body: one.answer.body.slice(0, longestStoredBody) },
  }));
  remember(runsKey(ref), JSON.stringify(short), session);
  return next;
}

function templateKey({ namespace, name }: FunctionRef): string {
  return `first-run.${namespace}/${name}`;
}

/** Keeps the request that fits the template, for the first visit of the Run tab. */
export function rememberTemplateRequest(ref: FunctionRef, form: RunForm): void {
  remember(templateKey(ref), JSON.stringify(form), session);
}

/** What the form begins with: the last run, else the template's request, else a plain GET. */
export function firstForm(ref: FunctionRef): RunForm {
  const [last] = recallRuns(ref);
  if (last) return last.form;
  const plain = { method: "GET", path: "/", headers: "", body: "" };
  try {
    return { ...plain, ...(JSON.parse(recall(templateKey(ref), session) ?? "{}") as Partial<RunForm>) };
  } catch {
    return plain;
  }
}
