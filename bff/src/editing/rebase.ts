import type { UnknownObject } from "@kyma/kube/objects.ts";
import { isDeepStrictEqual } from "node:util";
import { presentable } from "../resources/secret-values.ts";
import { fromYaml, toYaml } from "../resources/yaml-text.ts";
import { diff, type Change } from "./changes.ts";
import { editable, withoutStatus } from "./editable.ts";
import { overlap, pathText, valueAt } from "./field-paths.ts";
import type { FieldSchema } from "./field-schema.ts";
import { otherOwners } from "./managed-fields.ts";
import { shownConflict, type ShownConflict } from "./save.ts";
import { shownValue } from "./texts.ts";
import { editYaml } from "./yaml-splice.ts";

export interface Rebase {
  live: string;
  changes: { field: string; managers: string[]; before: string | null; after: string | null }[];
  conflicts: ShownConflict[];
  text: string;
}

/** Works what others changed since `base` into the person's text; where both changed, the person's value stays. Pure. */
export function rebase(schema: FieldSchema, live: UnknownObject, base: string, text: string): Rebase {
  const from = fromYaml(base);
  const shown = presentable(live);
  const mine = diff(schema, editable(from), editable(fromYaml(text)));
  const isMine = (change: Change): boolean => mine.some(({ path }) => overlap(path, change.path));
  const theirs = diff(schema, withoutStatus(from), withoutStatus(shown));
  const conflicts = mine.flatMap((change) => {
    const both = theirs.filter(({ path }) => overlap(path, change.path));
    const now = valueAt(schema, shown, change.path);
    if (both.length === 0 || isDeepStrictEqual(now, change.after)) return [];
    const managers = otherOwners(live, change.path, "");
    const field = pathText(change.path);
    const conflict = {
      reason: "CHANGED",
      field,
      managers,
      base: change.before,
      theirs: now,
      mine: change.after,
    } as const;
    return [shownConflict({ live, mine }, conflict)];
  });
  return {
    live: toYaml(shown),
    changes: theirs.map(({ path, before, after }) => ({
      field: pathText(path),
      managers: otherOwners(live, path, ""),
      before: shownValue(live, path, before),
      after: shownValue(live, path, after),
    })),
    conflicts,
    text: editYaml(
      schema,
      text,
      diff(schema, from, shown).filter((change) => !isMine(change)),
    ),
  };
}
