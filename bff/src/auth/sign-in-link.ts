import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";

/** The link that opens a session once. It is kept in a file that only its owner can read; each use replaces it. */
export class SignInLink {
  readonly #file: string;
  readonly #base: string;
  #digest: Buffer = randomBytes(32);

  /** `base` is the console's address, e.g. http://127.0.0.1:4000 */
  constructor(file: string, base: string) {
    this.#file = file;
    this.#base = base;
  }

  /** Makes a new token and writes its link; the one before is void. */
  async renew(): Promise<void> {
    const token = randomBytes(32).toString("base64url");
    this.#digest = digestOf(token);
    const draft = `${this.#file}.${process.pid}.new`;
    await rm(draft, { force: true });
    await writeFile(draft, `${this.#base}/sign-in?token=${token}\n`, { mode: 0o600, flag: "wx" });
    await rename(draft, this.#file);
  }

  /** True once for the right token. */
  consume(token: string): boolean {
    if (!timingSafeEqual(digestOf(token), this.#digest)) return false;
    this.#digest = randomBytes(32);
    return true;
  }

  /** A link to a console that no longer runs would only mislead. */
  async remove(): Promise<void> {
    this.#digest = randomBytes(32);
    await rm(this.#file, { force: true });
  }
}

function digestOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
