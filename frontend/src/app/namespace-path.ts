/**
 * Where choosing another namespace leads: to the same list, from an object's page to the list it belongs to, from a page without a
 * namespace to the overview. Pure.
 */
export function pathInNamespace(path: string, ns: string): string {
  const [, first, , area, ...rest] = path.split("/");
  const base = `/namespaces/${ns}`;
  if (first !== "namespaces" || area === undefined || area === "") return base;
  if (area === "resources") return [base, area, ...rest.slice(0, 3)].join("/");
  return `${base}/${area}`;
}
