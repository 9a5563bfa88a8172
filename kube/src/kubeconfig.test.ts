import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadInClusterAccess, loadKubeConfig, parseKubeConfig } from "./kubeconfig.ts";

const text = (user: string): string => `
apiVersion: v1
kind: Config
current-context: one
contexts:
  - { name: one, context: { cluster: c, user: u, namespace: shop } }
  - { name: broken, context: { cluster: missing, user: u } }
clusters:
  - { name: c, cluster: { server: "https://127.0.0.1:6443/", certificate-authority-data: ${btoa("CA")}, tls-server-name: api } }
users:
  - { name: u, user: ${user} }
`;

describe("a kubeconfig", () => {
  it("gives server, trust and credentials of its current context", () => {
    const access = parseKubeConfig(text(`{ token: t0ken, as: jane, as-groups: [dev] }`), { file: "f" });
    expect(access).toEqual({
      context: "one",
      cluster: "c",
      user: "u",
      namespace: "shop",
      server: "https://127.0.0.1:6443",
      tls: { ca: "CA", servername: "api" },
      token: "t0ken",
      impersonate: { user: "jane", groups: ["dev"] },
    });
  });

  it("reads certificates from files beside it", () => {
    const directory = mkdtempSync(join(tmpdir(), "kubeconfig-"));
    writeFileSync(join(directory, "cert.pem"), "CERT");
    writeFileSync(
      join(directory, "config"),
      text(`{ client-certificate: cert.pem, client-key-data: ${btoa("KEY")} }`),
    );
    expect(loadKubeConfig(join(directory, "config")).tls).toMatchObject({ cert: "CERT", key: "KEY" });
  });

  it("leaves plugins to client-node", () => {
    const access = parseKubeConfig(text(`{ exec: { command: login } }`), { file: "f" });
    expect(access.plugin?.text).toContain("login");
  });

  it.each([
    ["a context that is not there", "none", /has no context "none" \(it has: one, broken\)/],
    ["a cluster that is not there", "broken", /has no cluster "missing" \(it has: c\)/],
  ])("names %s", (_name, context, message) => {
    expect(() => parseKubeConfig(text("{}"), { file: "f", context })).toThrow(message);
  });

  it("names a file that cannot be read", () => {
    expect(() => loadKubeConfig("/nowhere/config")).toThrow(
      /cannot read kubeconfig \/nowhere\/config: ENOENT/,
    );
  });
});

describe("a pod's access", () => {
  const mount = (files: Record<string, string>): string => {
    const directory = mkdtempSync(join(tmpdir(), "service-account-"));
    for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
    return directory;
  };
  const whole = { token: "t0ken\n", "ca.crt": "CA", namespace: "shop\n" };
  const env = { KUBERNETES_SERVICE_HOST: "10.96.0.1", KUBERNETES_SERVICE_PORT: "443" };

  it("trusts the mounted CA and leaves the token in its file, as it rotates", () => {
    const directory = mount(whole);
    expect(loadInClusterAccess({ ...env, SERVICE_ACCOUNT_DIR: directory })).toEqual({
      context: "in-cluster",
      cluster: "in-cluster",
      user: "service-account",
      namespace: "shop",
      server: "https://10.96.0.1:443",
      tls: { ca: "CA" },
      tokenFile: join(directory, "token"),
    });
  });

  it("takes an IPv6 address", () => {
    const ipv6 = { ...env, KUBERNETES_SERVICE_HOST: "fd00::1", SERVICE_ACCOUNT_DIR: mount(whole) };
    expect(loadInClusterAccess(ipv6).server).toBe("https://[fd00::1]:443");
  });

  it("names what is missing", () => {
    expect(() => loadInClusterAccess({})).toThrow(/KUBERNETES_SERVICE_HOST is missing.*not run in a pod/);
    expect(() => loadInClusterAccess({ KUBERNETES_SERVICE_HOST: "h" })).toThrow(/KUBERNETES_SERVICE_PORT/);
    for (const name of ["token", "ca.crt", "namespace"] as const) {
      const { [name]: _, ...rest } = whole;
      const incomplete = { ...env, SERVICE_ACCOUNT_DIR: mount(rest) };
      expect(() => loadInClusterAccess(incomplete), name).toThrow(new RegExp(`${name} \\(ENOENT\\)`));
    }
  });
});
