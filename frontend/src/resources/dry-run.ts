import type { WriteOutcome } from "#api/objects.ts";

/** Does something, or (`dryRun`) has the API server say what would become of it. What it throws is the refusal. */
export type Attempt = (dryRun: boolean) => Promise<WriteOutcome>;

/** Webhooks that do not promise to leave no traces keep the API server from a dry run: no refusal of the change itself. */
export function isUntriable(error: unknown): boolean {
  return error instanceof Error && /does not support dry run/.test(error.message);
}

/** Lets pass what keeps a dry run from being made. @throws what else there is */
export function unlessUntriable(error: unknown): void {
  if (!isUntriable(error)) throw error;
}
