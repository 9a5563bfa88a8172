import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadKubeConfig, parseKubeConfig } from "./kubeconfig.ts";

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
