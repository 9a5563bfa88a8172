import type { HttpContent } from "@kyma/eventing/cloud-event.ts";
import { isUtf8 } from "node:buffer";
import { Refusal } from "./answer.ts";

/**
 * A request's headers (as node's rawHeaders has them) by lower-case name; one that is there twice is a list, where node would make one text of
 * both. Throws a Refusal with 400 when an attribute is not UTF-8. Pure.
 */
export function headersOf(raw: readonly string[]): HttpContent["headers"] {
  const headers = Object.create(null) as Record<string, string | string[]>;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] as string).toLowerCase();
    const text = raw[index + 1] as string;
    const value = name.startsWith("ce-") ? attributeText(name, text) : text;
    const before = headers[name];
    headers[name] = before === undefined ? value : [before, value].flat();
  }
  return headers;
}

/** Senders that do not percent-encode write UTF-8, and node takes each byte for a character. */
function attributeText(name: string, text: string): string {
  if (!/[\u0080-\u00ff]/.test(text)) return text;
  const bytes = Buffer.from(text, "latin1");
  if (isUtf8(bytes)) return bytes.toString();
  throw new Refusal(
    400,
    `the header ${name} is not UTF-8: percent-encode what is not ASCII, such as Z%C3%BCrich`,
  );
}
