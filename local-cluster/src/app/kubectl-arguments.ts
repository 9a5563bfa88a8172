/** Takes our own `--data-dir DIR` from the front of what is meant for kubectl; without it, KYMA_DATA_DIR counts. */
export function kubectlArguments(
  args: readonly string[],
  environmentDataDir: string | undefined,
): { dataDir: string | undefined; rest: readonly string[] } {
  const [first, second] = args;
  // npm takes the first `--` for itself; who runs this without npm may still write it.
  if (first === "--") return kubectlArguments(args.slice(1), environmentDataDir);
  if (first === "--data-dir") {
    if (!second) throw new Error("--data-dir needs a directory.");
    return { dataDir: second, rest: withoutSeparator(args.slice(2)) };
  }
  if (first?.startsWith("--data-dir="))
    return { dataDir: first.slice("--data-dir=".length), rest: withoutSeparator(args.slice(1)) };
  return { dataDir: environmentDataDir || undefined, rest: args };
}

function withoutSeparator(args: readonly string[]): readonly string[] {
  return args[0] === "--" ? args.slice(1) : args;
}
