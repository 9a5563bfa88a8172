import { parseJson } from "#ui/parse-json.ts";
import type { DeadLetter } from "./eventing-api.ts";

const reasons: Record<string, string> = {
  refused: "The sink refused it",
  exhausted: "All attempts failed",
  "sink-rejected": "The address may not be called",
};

/** When dead letters are deleted. No API tells the limit of this installation. */
export const ageLimit = "after 30 days, unless the installation says otherwise";

/** Why an event was given up. Pure. */
export function reasonText(reason: string): string {
  return reasons[reason] ?? reason;
}

/** An attribute of an event as text; empty when it has none. Pure. */
export function attributeOf(event: unknown, name: string): string {
  const value = (event as Record<string, unknown> | null | undefined)?.[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** Type and id of a dead letter's event; empty when it cannot be read. Pure. */
export function namesOf({ event }: Pick<DeadLetter, "event">): { type: string; id: string } {
  const parsed = parseJson(event ?? undefined);
  return { type: attributeOf(parsed, "type"), id: attributeOf(parsed, "id") };
}

/** What names a dead letter among others. */
export function letterKey({ namespace, name }: Pick<DeadLetter, "namespace" | "name">): string {
  return `${namespace}/${name}`;
}

/** A dead letter for people: type and id of its event. Pure. */
export function letterLabel(letter: DeadLetter): string {
  const { type, id } = namesOf(letter);
  return `${type || "event"} ${id}`.trim();
}
