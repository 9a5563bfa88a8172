import type { UnknownObject } from "@kyma/kube/objects.ts";
import { stringify } from "yaml";
import { isSecret, mask, presentable } from "../resources/secret-values.ts";
import { toYaml } from "../resources/yaml-text.ts";
import { withoutStatus } from "./editable.ts";
import { isFields, own, pathText, put, type Fields, type Path } from "./field-paths.ts";

const longestValue = 4000;

/** A value as YAML for people, of bounded length; null when it is absent. */
export function valueText(value: unknown): string | null {
  if (value === undefined) return null;
  const text = stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd();
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

/** Does the path lead to what a Secret must not show? */
export function isHidden(object: UnknownObject, path: Path): boolean {
  if (!isSecret(object)) return false;
  const text = pathText(path);
  return /^\.(data|stringData)\b/.test(text) || text.includes("last-applied-configuration");
}

/** Like valueText, with a Secret's values masked. */
export function shownValue(object: UnknownObject, path: Path, value: unknown): string | null {
  return value !== undefined && isHidden(object, path) ? mask : valueText(value);
}

/** The two sides of a diff: without status and what only the API server writes; of a Secret it shows which values change, not what they are. */
export function diffTexts(
  before: UnknownObject | undefined,
  after: UnknownObject,
): { stored: string; result: string } {
  const shown = withoutStatus(presentable(after));
  const data = shown["data"];
  if (isSecret(after) && isFields(data))
    shown["data"] = markedData(before?.["data"], after["data"] as Fields);
  return { stored: before ? toYaml(withoutStatus(presentable(before))) : "", result: toYaml(shown) };
}

function markedData(before: unknown, after: Fields): Fields {
  const marked: Fields = {};
  for (const [key, value] of Object.entries(after)) {
    const old = own(before, key);
    put(marked, key, old === value ? mask : `${mask} (${old === undefined ? "new" : "changed"})`);
  }
  return marked;
}

/** A sentence of the API server about a Secret may quote its values. */
export function withoutSecrets(message: string, object: UnknownObject): string {
  if (!isSecret(object)) return message;
  const values = ["data", "stringData"].flatMap((field) =>
    Object.values(isFields(object[field]) ? object[field] : {}),
  );
  const words = values.flatMap((value) => {
    const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
    return [text, Buffer.from(text, "base64").toString("utf8")];
  });
  return words
    .filter((word) => word.length >= 3 && word !== mask)
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, word) => text.replaceAll(word, mask), message);
}
