import { X509Certificate } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { KeyPair } from "./authority.ts";
import { authorities, certificateSubjects } from "./identities.ts";

const renewBeforeMs = 60 * 24 * 60 * 60 * 1000;

/**
 * Makes what is missing or near its end in `dir`: `<name>.crt` and `<name>.key` of every authority and identity, and the key pair
 * that signs ServiceAccount tokens. A renewed authority renews all that it signed; the token key is never replaced.
 */
export async function ensureCertificates(dir: string, serviceIp: string, now = new Date()): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await ensureServiceAccountKeys(dir);
  for (const authority of authorities) {
    const known = await readPair(dir, authority);
    const kept = known && !needsRenewal(known, now) ? known : undefined;
    const signer = kept ?? (await createAndWriteAuthority(dir, authority));
    const mine = Object.entries(certificateSubjects(serviceIp)).filter(
      ([, subject]) => subject.authority === authority,
    );
    await Promise.all(
      mine.map(async ([name, subject]) => {
        const pair = await readPair(dir, name);
        if (pair && !needsRenewal(pair, now) && isSignedBy(pair, signer)) return;
        const { issueCertificate } = await import("./authority.ts");
        await writePair(dir, name, await issueCertificate(signer, subject));
      }),
    );
  }
}

/**
 * Whether a certificate must be replaced: it ends within 60 days, far longer than anyone leaves a local cluster running, or it
 * cannot be read.
 */
export function needsRenewal(pair: KeyPair, now: Date): boolean {
  try {
    return new X509Certificate(pair.certificate).validToDate.getTime() - now.getTime() < renewBeforeMs;
  } catch {
    return true;
  }
}

/** Reads `<name>.crt` and `<name>.key`; undefined when either is missing. */
export async function readPair(dir: string, name: string): Promise<KeyPair | undefined> {
  try {
    const [certificate, privateKey] = await Promise.all([
      readFile(join(dir, `${name}.crt`), "utf8"),
      readFile(join(dir, `${name}.key`), "utf8"),
    ]);
    return { certificate, privateKey };
  } catch {
    return undefined;
  }
}

function isSignedBy(pair: KeyPair, authority: KeyPair): boolean {
  const signer = new X509Certificate(authority.certificate);
  return new X509Certificate(pair.certificate).verify(signer.publicKey);
}

async function createAndWriteAuthority(dir: string, name: string): Promise<KeyPair> {
  const { createAuthority } = await import("./authority.ts");
  const pair = await createAuthority(`kyma-local-${name}`);
  await writePair(dir, name, pair);
  return pair;
}

async function ensureServiceAccountKeys(dir: string): Promise<void> {
  const known = await readFile(join(dir, "service-account.pub"), "utf8").catch(() => undefined);
  if (known) return;
  const { createKeys } = await import("./authority.ts");
  const keys = await createKeys();
  await writeSecret(join(dir, "service-account.key"), keys.privateKey);
  await writeSecret(join(dir, "service-account.pub"), keys.publicKey);
}

async function writePair(dir: string, name: string, pair: KeyPair): Promise<void> {
  await writeSecret(join(dir, `${name}.key`), pair.privateKey);
  await writeSecret(join(dir, `${name}.crt`), pair.certificate);
}

async function writeSecret(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
