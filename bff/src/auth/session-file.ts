import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";

const recordShape = z.object({
  /** Of the session's id; the id itself is with the browser only. */
  hash: z.string().length(43),
  startedAt: z.number(),
  touchedAt: z.number(),
  impersonated: z
    .object({ user: z.string(), groups: z.array(z.string()), uid: z.string().optional() })
    .optional(),
});
const fileShape = z.object({ identity: z.string(), sessions: z.array(recordShape).max(1000) });

/** What is kept of a session over a restart. */
export type SessionRecord = z.infer<typeof recordShape>;

/**
 * The sessions that came by the link, over restarts and crashes. Nothing in it can be used to sign in. Those of bearer tokens are not kept: their tokens
 * would have to lie on the disk.
 */
export class SessionFile {
  readonly #path: string;
  /** Whose rights the link gives: sessions of other credentials are worth nothing. */
  readonly #identity: string;
  #timer: NodeJS.Timeout | undefined;
  #records: () => SessionRecord[] = () => [];

  constructor(path: string, identity: string) {
    this.#path = path;
    this.#identity = identity;
  }

  /** What was kept; nothing when there is no file, or one that nobody can read. */
  read(): SessionRecord[] {
    try {
      const { identity, sessions } = fileShape.parse(JSON.parse(readFileSync(this.#path, "utf8")));
      return identity === this.#identity ? sessions : [];
    } catch {
      return [];
    }
  }

  /** Writes what `records` says at the latest after so many milliseconds; at once (before a session is used) with 0. */
  keep(records: () => SessionRecord[], withinMs: number): void {
    this.#records = records;
    if (withinMs === 0) return this.flush();
    this.#timer ??= setTimeout(() => this.flush(), withinMs).unref();
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = JSON.stringify({ identity: this.#identity, sessions: this.#records() });
    const next = `${this.#path}.next`;
    rmSync(next, { force: true });
    writeFileSync(next, text, { mode: 0o600, flag: "wx" });
    renameSync(next, this.#path);
  }
}
