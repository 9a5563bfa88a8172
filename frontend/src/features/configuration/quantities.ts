import { parseQuantity } from "#ui/parse-quantity.ts";

/** How much of what is allowed is used, in percent; undefined when it cannot be told. Pure. */
export function usedPercent(used: string | undefined, hard: string): number | undefined {
  const [is, most] = [parseQuantity(used), parseQuantity(hard)];
  if (is === undefined || most === undefined) return undefined;
  if (most === 0) return is > 0 ? 100 : 0;
  return Math.round((is / most) * 100);
}
