/**
 * Expands `$(NAME)` as a kubelet does: `$$` is one `$`, a reference to an unknown name stays as it is.
 */
export function expand(text: string, lookup: (name: string) => string | undefined): string {
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (whole, name: string | undefined) => {
    if (name === undefined) return "$";
    return lookup(name) ?? whole;
  });
}
