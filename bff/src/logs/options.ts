import { z } from "zod";

const name = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/, "is not a container name");

/** What of a log is wanted; a fault is a sentence that names the option. */
export const logOptions = z.object({
  containers: z.array(name).max(100).nullish(),
  follow: z.boolean().nullish(),
  previous: z.boolean().nullish(),
  tailLines: z.number().int().min(0).max(1_000_000).nullish(),
  sinceSeconds: z.number().int().min(1).max(2_000_000_000).nullish(),
  sinceTime: z.iso.datetime({ offset: true }).nullish(),
  limit: z.number().int().min(1).max(100_000_000).nullish(),
});

export type LogOptionsInput = z.infer<typeof logOptions>;

/** Cursors of earlier batches by pod uid / container. BAD_INPUT (a ZodError) when there are too many. */
export const resumeTokens = z.array(z.string().max(400)).max(1000).nullish();
