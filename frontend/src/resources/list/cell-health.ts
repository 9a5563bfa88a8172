import type { Health } from "#ui/status-label.tsx";

/** Columns whose words say how an object does, by name. */
const statusColumns = new Set([
  "status",
  "phase",
  "state",
  "type",
  "ready",
  "running",
  "configured",
  "available",
]);

/** Whether a column's words may be coloured. */
export function isStatusColumn(name: string): boolean {
  return statusColumns.has(name.toLowerCase());
}

const byWord: Record<string, Health> = {
  running: "ok",
  ready: "ok",
  active: "ok",
  bound: "ok",
  available: "ok",
  established: "ok",
  true: "ok",
  complete: "none",
  completed: "none",
  succeeded: "none",
  normal: "none",
  pending: "progress",
  processing: "progress",
  containercreating: "progress",
  podinitializing: "progress",
  suspended: "none",
  terminating: "progress",
  released: "warning",
  unknown: "warning",
  warning: "warning",
  notready: "error",
  failed: "error",
  lost: "error",
  error: "error",
  evicted: "error",
  oomkilled: "error",
  false: "warning",
};

function wordHealth(text: string): Health | undefined {
  const [word = ""] = text.split(",");
  const plain = word.replace(/^Init:/, "").toLowerCase();
  if (/^\d+\/\d+$/.test(plain)) return "progress";
  if (/backoff|^err|^crash|^invalid|cannot/.test(plain)) return "error";
  return byWord[plain];
}

/** "1/3": some are missing; "3/3" and "0/0": none is. */
function ratioHealth(text: string): Health | undefined {
  const [, ready, wanted] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (ready === undefined) return undefined;
  return Number(ready) < Number(wanted) ? "warning" : undefined;
}

/** How a cell's words look: coloured where they say how an object does, plain elsewhere. Pure. */
export function cellHealth(column: string, text: string): Health | undefined {
  const name = column.toLowerCase();
  if (!statusColumns.has(name) || text === "") return undefined;
  if (name === "ready" && /^\d+\/\d+$/.test(text)) return ratioHealth(text);
  const health = wordHealth(text);
  // "Type" is a state for Events alone; of a Service or Secret it is a kind of thing.
  return name === "type" && health !== "warning" ? undefined : health;
}
