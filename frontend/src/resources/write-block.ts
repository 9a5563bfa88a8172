import { createContext, use } from "react";
import type { AccessNeed } from "./access.ts";

/** Why nothing should be written now, e.g. because what is shown may be old; undefined: nothing speaks against it. */
export const WriteBlockContext = createContext<string | undefined>(undefined);

const reading = new Set(["get", "list", "watch"]);

/** The reason why something that needs these rights is blocked here, if it is. What only reads never is. */
export function useWriteBlock(needs: readonly AccessNeed[]): string | undefined {
  const reason = use(WriteBlockContext);
  return needs.some(({ verb }) => !reading.has(verb)) ? reason : undefined;
}
