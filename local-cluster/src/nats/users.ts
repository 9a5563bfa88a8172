import { randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";

/** Who may talk to NATS; `health` may only ask the server how it is. */
export const natsUsers = ["event-gateway", "event-dispatcher", "controllers", "health"] as const;
export type NatsUser = (typeof natsUsers)[number];
export type NatsPasswords = Record<NatsUser, string>;

/** The passwords in `file`, made where they are missing. */
export async function ensurePasswords(file: string): Promise<NatsPasswords> {
  const known = await readPasswords(file);
  const missing = natsUsers.filter((user) => !known[user]);
  const made = missing.map((user) => [user, randomBytes(32).toString("hex")] as const);
  const passwords = { ...known, ...Object.fromEntries(made) } as NatsPasswords;
  if (missing.length > 0) {
    await writeFile(`${file}.new`, JSON.stringify(passwords), { mode: 0o600 });
    await rename(`${file}.new`, file);
  }
  return passwords;
}

async function readPasswords(file: string): Promise<Partial<NatsPasswords>> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Partial<NatsPasswords>;
  } catch {
    return {};
  }
}
