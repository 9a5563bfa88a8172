import type { StdioOptions } from "node:child_process";

type Stdio = Extract<StdioOptions, unknown[]>;

/** Descriptors of open terminals. The package that opens them cannot mark them as the agent's own: a child would inherit them. */
const terminals = new Set<number>();

/** Keeps a terminal's descriptor from all later children; returns how to forget it. */
export function keepFromChildren(descriptor: number): () => void {
  terminals.add(descriptor);
  return () => terminals.delete(descriptor);
}

/** What a child is started with so that it gets nobody's terminal: /dev/null takes the place of each. */
export function withoutTerminals(stdio: Stdio): Stdio {
  const length = Math.max(stdio.length, ...[...terminals].map((descriptor) => descriptor + 1));
  return Array.from({ length }, (_, index) => stdio[index] ?? "ignore");
}
