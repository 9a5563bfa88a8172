import type { DeadLetter } from "./eventing-api.ts";

const reasons: Record<string, string> = {
  refused: "The sink refused it",
  exhausted: "All attempts failed",
  "sink-rejected": "The address may not be called",
};

/** Why an event was given up. Pure. */
export function reasonText(reason: string): string {
  return reasons[reason] ?? reason;
}

/** An attribute of the event as text; empty when it has none. Pure. */
export function attributeOf({ event }: Pick<DeadLetter, "event">, name: string): string {
  const value = (event as Record<string, unknown> | null | undefined)?.[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** What names a dead letter among others. */
export function letterKey({ namespace, name }: Pick<DeadLetter, "namespace" | "name">): string {
  return `${namespace}/${name}`;
}

/** A dead letter for people: type and id of its event. Pure. */
export function letterLabel(letter: DeadLetter): string {
  return `${attributeOf(letter, "type") || "event"} ${attributeOf(letter, "id")}`.trim();
}
