import { memberTexts } from "#ui/json-text.ts";
import { parseJson } from "#ui/parse-json.ts";
import { attributeOf } from "./dead-letter-words.ts";
import type { TailedEvent } from "./live-eventing.ts";

const longestPreview = 200;

/** An event's id and the beginning of its data, as they were written. Pure. */
export function previewOf({ event, truncated }: Pick<TailedEvent, "event" | "truncated">): {
  id: string;
  data: string;
} {
  const parsed = parseJson(event) as { data?: unknown } | undefined;
  const id = attributeOf(parsed, "id");
  if (truncated) return { id, data: "too long to be shown" };
  const { data } = parsed ?? {};
  const text = typeof data === "string" ? data : (memberTexts(event).get("data") ?? "");
  return { id, data: text.length > longestPreview ? `${text.slice(0, longestPreview)}…` : text };
}
