import { generateKeyPair, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import forge from "node-forge";

/** A certificate and its private key, both PEM. */
export interface KeyPair {
  certificate: string;
  privateKey: string;
}

/** What a certificate says about its holder. For a client: name = user, organizations = groups. */
export interface Subject {
  name: string;
  organizations?: readonly string[];
  /** DNS names and IP addresses; present for servers only. */
  addresses?: readonly string[];
  usages: readonly ("client" | "server")[];
}

const dayMs = 24 * 60 * 60 * 1000;
const generateKeys = promisify(generateKeyPair);

/** Makes a self-signed certificate authority, valid ten years. */
export async function createAuthority(name: string): Promise<KeyPair> {
  const keys = await createKeys();
  const certificate = blankCertificate(keys.publicKey, 3650);
  const subject = [{ name: "commonName", value: name }];
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.setExtensions([
    { name: "basicConstraints", cA: true, critical: true },
    { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    { name: "subjectKeyIdentifier" },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(keys.privateKey), forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(certificate), privateKey: keys.privateKey };
}

/** Makes a certificate signed by an authority, valid one year. */
export async function issueCertificate(authority: KeyPair, subject: Subject): Promise<KeyPair> {
  const keys = await createKeys();
  const certificate = blankCertificate(keys.publicKey, 365);
  certificate.setSubject([
    { name: "commonName", value: subject.name },
    ...(subject.organizations ?? []).map((value) => ({ name: "organizationName", value })),
  ]);
  certificate.setIssuer(forge.pki.certificateFromPem(authority.certificate).subject.attributes);
  certificate.setExtensions(extensions(subject));
  certificate.sign(forge.pki.privateKeyFromPem(authority.privateKey), forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(certificate), privateKey: keys.privateKey };
}

/** Makes an RSA key pair, both halves PEM. Node makes it, because forge takes seconds for one. */
export async function createKeys(): Promise<{ publicKey: string; privateKey: string }> {
  return generateKeys("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
}

function blankCertificate(publicKey: string, days: number): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = serialNumber(randomBytes(16));
  // An hour back, for clocks that are set right after the first start.
  certificate.validity.notBefore = new Date(Date.now() - dayMs / 24);
  certificate.validity.notAfter = new Date(Date.now() + days * dayMs);
  return certificate;
}

/** A positive number that needs no padding: a needless leading zero byte makes a certificate that OpenSSL refuses. */
export function serialNumber(random: Buffer): string {
  const bytes = Buffer.from(random);
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return bytes.toString("hex");
}

function extensions(subject: Subject): object[] {
  return [
    { name: "basicConstraints", cA: false, critical: true },
    { name: "keyUsage", digitalSignature: true, keyEncipherment: true, critical: true },
    {
      name: "extKeyUsage",
      clientAuth: subject.usages.includes("client"),
      serverAuth: subject.usages.includes("server"),
    },
    ...(subject.addresses
      ? [{ name: "subjectAltName", altNames: subject.addresses.map(alternativeName) }]
      : []),
  ];
}

function alternativeName(address: string): object {
  return /^[\d.]+$/.test(address) ? { type: 7, ip: address } : { type: 2, value: address };
}
