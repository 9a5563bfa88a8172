import { allNamespaces } from "#resources/namespace-scope.ts";
import type { PaletteItem } from "./palette-items.ts";

/** Lines that switch to another namespace. */
export function namespaceItems(names: readonly string[]): PaletteItem[] {
  const item = (ns: string, title: string): PaletteItem => ({
    key: `namespace ${ns}`,
    group: "Namespaces",
    title,
    alias: "namespace ns switch",
    path: `/namespaces/${ns}`,
  });
  return [
    ...names.map((name) => item(name, `Switch to namespace ${name}`)),
    item(allNamespaces, "Switch to all namespaces"),
  ];
}
