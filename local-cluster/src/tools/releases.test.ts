import { expect, test } from "vitest";
import { releaseOf } from "./releases.ts";
import { parseVersions, readVersions } from "./versions.ts";

const versions = { kubernetes: "v1.36.3", etcd: "v3.6.8", nats: "v2.15.3", go: "1.26.0" };
const sum = "a".repeat(64);

test("go.mod is the only place that names versions", async () => {
  expect(await readVersions()).toMatchObject({
    kubernetes: expect.stringMatching(/^v1\.\d+\.\d+$/) as string,
  });
  expect(() => parseVersions("module x\ngo 1.26.0\n")).toThrow("k8s.io/kubernetes");
});

test("Kubernetes programs come one by one with a checksum file each", () => {
  const release = releaseOf("kubectl", versions, "x64");
  expect(release.url).toBe("https://dl.k8s.io/release/v1.36.3/bin/linux/amd64/kubectl");
  expect(release.checksumUrl).toBe(`${release.url}.sha256`);
  expect(release.checksum(`${sum}\n`)).toBe(sum);
  expect(release.checksum("<html>not found</html>")).toBeUndefined();
});

test("etcd comes in an archive with a list of checksums", () => {
  const release = releaseOf("etcd", versions, "arm64");
  expect(release.url).toMatch(/etcd-v3\.6\.8-linux-arm64\.tar\.gz$/);
  expect(release.member).toBe("etcd-v3.6.8-linux-arm64/etcd");
  const list = `${"b".repeat(64)}  etcd-v3.6.8-linux-amd64.tar.gz\n${sum}  etcd-v3.6.8-linux-arm64.tar.gz\n`;
  expect(release.checksum(list)).toBe(sum);
  expect(release.checksum("")).toBeUndefined();
});

test("nats-server comes as etcd does", () => {
  const release = releaseOf("nats-server", versions, "x64");
  expect(release.url).toMatch(/v2\.15\.3\/nats-server-v2\.15\.3-linux-amd64\.tar\.gz$/);
  expect(release.member).toBe("nats-server-v2.15.3-linux-amd64/nats-server");
});
