import { bytesText, coresText } from "#ui/quantity-text.ts";

/** An amount of a node's resource as people read it. Pure. */
export function amountText(resource: string, amount: number): string {
  if (resource === "cpu") return `${coresText(amount)} ${amount === 1 ? "core" : "cores"}`;
  const isBytes =
    resource === "memory" || resource === "ephemeral-storage" || resource.startsWith("hugepages-");
  return isBytes ? bytesText(amount) : String(amount);
}

/** Percent, rounded; above 100 where more is promised than there is. Pure. */
export function share(amount: number, of: number): number {
  return of > 0 ? Math.round((amount / of) * 100) : 0;
}
