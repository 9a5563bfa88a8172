const fqdnSuffix = ".svc.cluster.local";

/** "namespace/name" of the Service that a host means: `name` (in the given namespace), `name.ns`, `name.ns.svc`, `name.ns.svc.cluster.local`. */
export function serviceKeyOf(host: string, namespace: string | undefined): string | undefined {
  const lower = host.toLowerCase();
  const stem = lower.endsWith(fqdnSuffix)
    ? lower.slice(0, -fqdnSuffix.length)
    : lower.endsWith(".svc")
      ? lower.slice(0, -4)
      : lower;
  const labels = stem.split(".");
  const [name, owner] = labels;
  if (!name || labels.length > 2) return undefined;
  if (owner) return `${owner}/${name}`;
  return namespace && stem === lower ? `${namespace}/${name}` : undefined;
}

/** Every name of a Service that its clients may use; the first is the canonical one. */
export function serviceAliases(key: string): string[] {
  const slash = key.indexOf("/");
  const short = `${key.slice(slash + 1)}.${key.slice(0, slash)}`;
  return [`${short}${fqdnSuffix}`, `${short}.svc`, short, key.slice(slash + 1)];
}
