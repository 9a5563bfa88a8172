import { X509Certificate } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { serialNumber } from "./authority.ts";
import { ensureCertificates } from "./store.ts";

async function made(): Promise<{ dir: string; certificate: (name: string) => Promise<X509Certificate> }> {
  const dir = await mkdtemp(join(tmpdir(), "kyma-pki-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  await ensureCertificates(dir, "10.96.0.1");
  return { dir, certificate: async (name) => new X509Certificate(await readFile(join(dir, `${name}.crt`))) };
}

test("identities and addresses are what Kubernetes expects", async () => {
  const { dir, certificate } = await made();
  const apiserver = await certificate("apiserver");
  expect(apiserver.checkIP("127.0.0.1")).toBe("127.0.0.1");
  expect(apiserver.checkIP("10.96.0.1")).toBe("10.96.0.1");
  expect(apiserver.checkHost("kubernetes.default.svc")).toBe("kubernetes.default.svc");
  expect((await certificate("admin")).subject).toBe("CN=admin\nO=system:masters");
  expect((await certificate("node")).subject).toBe("CN=system:node:local\nO=system:nodes");
  expect((await stat(join(dir, "admin.key"))).mode & 0o077).toBe(0);
});

test("clients of the API server are strangers to etcd and to the kubelet", async () => {
  const { certificate } = await made();
  const admin = await certificate("admin");
  const [ca, etcdCa, kubeletCa] = await Promise.all(["ca", "etcd-ca", "kubelet-client-ca"].map(certificate));
  expect(admin.verify(ca!.publicKey)).toBe(true);
  expect(admin.verify(etcdCa!.publicKey)).toBe(false);
  expect(admin.verify(kubeletCa!.publicKey)).toBe(false);
  expect((await certificate("etcd-client")).verify(etcdCa!.publicKey)).toBe(true);
});

test("a second start keeps everything; shortly before its end a certificate is renewed by the same authority", async () => {
  const { dir, certificate } = await made();
  const names = ["ca", "apiserver", "admin"];
  const serials = async () => Promise.all(names.map(async (name) => (await certificate(name)).serialNumber));
  const before = await serials();
  await ensureCertificates(dir, "10.96.0.1");
  expect(await serials()).toEqual(before);

  const inElevenMonths = new Date(Date.now() + 330 * 24 * 3600 * 1000);
  const tokenKey = await readFile(join(dir, "service-account.key"), "utf8");
  await ensureCertificates(dir, "10.96.0.1", inElevenMonths);
  const after = await serials();
  expect(after[0]).toBe(before[0]);
  expect(after[1]).not.toBe(before[1]);
  expect(after[2]).not.toBe(before[2]);
  expect(await readFile(join(dir, "service-account.key"), "utf8")).toBe(tokenKey);
});

test("a certificate that is damaged is made anew, and what its authority signed with it", async () => {
  const { dir, certificate } = await made();
  await writeFile(join(dir, "ca.crt"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
  await ensureCertificates(dir, "10.96.0.1");
  expect((await certificate("admin")).verify((await certificate("ca")).publicKey)).toBe(true);
});

test.each([0x00, 0x01, 0x7f, 0x80, 0xff])(
  "a serial number that begins with %d is positive without padding",
  (first) => {
    const serial = Buffer.from(serialNumber(Buffer.alloc(16, first)), "hex");
    expect(serial).toHaveLength(16);
    expect(serial[0]).toBeGreaterThanOrEqual(0x40);
    expect(serial[0]).toBeLessThan(0x80);
  },
);
