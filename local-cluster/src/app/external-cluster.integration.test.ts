import { functions } from "@kyma/crds/resource-types.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findFreePorts, isPortFree } from "../supervisor/ports.ts";
import { startControlPlane, type TestControlPlane } from "../testing/control-plane.ts";
import { testClient } from "../testing/client.ts";
import { Launcher } from "../testing/embedded.ts";

const limitMs = 300_000;

interface AuditEvent {
  userAgent?: string;
  verb: string;
  objectRef?: { resource: string; name?: string };
}

async function startOn(controlPlane: TestControlPlane, ...extra: string[]) {
  const dataDir = await mkdtemp(join(tmpdir(), "kyma-external-"));
  const [port] = await findFreePorts(1);
  const launcher = new Launcher([
    `--kubeconfig=${controlPlane.kubeconfig}`,
    `--data-dir=${dataDir}`,
    `--console-port=${port}`,
    "--keep-pages",
    ...extra,
  ]);
  onTestFinished(async () => {
    await launcher.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  await launcher.printed("Kyma is ready", limitMs);
  return { launcher, dataDir, port: port! };
}

test(
  "on a given cluster nothing is installed and no controller runs, unless asked for",
  async () => {
    const auditDir = await mkdtemp(join(tmpdir(), "kyma-audit-"));
    onTestFinished(() => rm(auditDir, { recursive: true, force: true }));
    const auditLog = join(auditDir, "audit.log");
    const controlPlane = await startControlPlane({ auditLog });
    onTestFinished(() => controlPlane.stop());
    const writes = async (): Promise<AuditEvent[]> =>
      (await readFile(auditLog, "utf8"))
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as AuditEvent)
        .filter(({ userAgent }) => userAgent?.startsWith("kyma"));
    const before = (await writes()).length;

    const plain = await startOn(controlPlane);
    expect(plain.launcher.output).toMatch(
      /^Using context kyma-local: cluster kyma-local at https:\/\/127\.0\.0\.1:\d+\. Nothing is installed/,
    );
    expect((await readdir(join(plain.dataDir, "logs"))).sort()).toEqual(["bff.log", "launcher.log"]);
    expect((await writes()).slice(before)).toEqual([]);
    await plain.launcher.stop();
    expect(await isPortFree(plain.port)).toBe(true);

    const installed = await startOn(controlPlane, "--install");
    expect(installed.launcher.output).toContain("Kyma's CRDs are installed there");
    const client = testClient(controlPlane.kubeconfig);
    onTestFinished(() => client.connection.close());
    const metadata = { name: "hello", namespace: "default" };
    const source = { inline: { source: "module.exports = { main: () => 'hello' }" } };
    const hello = { apiVersion: "serverless.kyma-project.io/v1alpha2", kind: "Function", metadata };
    await client.create(functions, { ...hello, spec: { runtime: "nodejs24", source } } as KubeObject);
    await expect
      .poll(async () => (await client.get<KubeObject & { status?: unknown }>(functions, metadata)).status, {
        timeout: 30_000,
      })
      .toMatchObject({
        conditions: expect.arrayContaining([
          expect.objectContaining({ type: "ConfigurationReady" }),
        ]) as unknown,
      });
  },
  limitMs,
);
