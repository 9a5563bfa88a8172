import { isDeepStrictEqual } from "node:util";
import { isFields, own } from "./field-paths.ts";

export interface PatchOperation {
  op: "add" | "remove" | "replace" | "test";
  path: string;
  value?: unknown;
}

/**
 * RFC 6902: what turns `before` into `after`. Lists of the same length are compared entry by entry, others are replaced. Only right for the
 * version that `before` is, so a test of that has to stand first.
 */
export function jsonPatch(before: unknown, after: unknown, path = ""): PatchOperation[] {
  if (isFields(before) && isFields(after)) {
    const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
    return [
      ...gone.map((name): PatchOperation => ({ op: "remove", path: `${path}/${pointer(name)}` })),
      ...Object.entries(after).flatMap(([name, value]): PatchOperation[] => {
        const at = `${path}/${pointer(name)}`;
        return Object.hasOwn(before, name)
          ? jsonPatch(own(before, name), value, at)
          : [{ op: "add", path: at, value }];
      }),
    ];
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return after.flatMap((value, index) => jsonPatch(before[index], value, `${path}/${index}`));
  }
  return isDeepStrictEqual(before, after) ? [] : [{ op: "replace", path, value: after }];
}

function pointer(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
