import { readFileSync } from "node:fs";
import * as http from "node:http";
import { join } from "node:path";
import { test as base, type Page } from "@playwright/test";
import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import { namespaces } from "@kyma/kube/resource-types.ts";

export { expect } from "@playwright/test";

interface Fixtures {
  client: KubeClient;
  /** A namespace for this spec alone, deleted afterwards. */
  namespace: string;
  /** A page that is signed in. */
  console: Page;
}

export const dataDir = (): string => process.env["KYMA_E2E_DATA_DIR"] ?? "";

/** The one-time link that is valid now. */
export function signInLink(): string {
  return readFileSync(join(dataDir(), "console-url"), "utf8").trim();
}

// Playwright reads from the pattern which fixtures a fixture needs, so an empty one has to stand there.
/* oxlint-disable no-empty-pattern */
export const test = base.extend<Fixtures>({
  client: async ({}, use) => {
    const connection = connect(loadKubeConfig(join(dataDir(), "kubeconfig")));
    await use(new KubeClient(connection));
    connection.close();
  },
  namespace: async ({ client }, use) => {
    const name = `e2e-${Date.now().toString(36)}`;
    await client.create(namespaces, { apiVersion: "v1", kind: "Namespace", metadata: { name } });
    await use(name);
    await client.delete(namespaces, { name });
  },
  baseURL: async ({}, use) => {
    await use(new URL(signInLink()).origin);
  },
  console: async ({ page }, use) => {
    await page.goto(signInLink());
    await use(page);
  },
});

/** A request at the gateway, as a client outside the cluster sends it. */
export function throughGateway(host: string, path = "/", headers: Record<string, string> = {}) {
  const port = Number(process.env["KYMA_E2E_GATEWAY_PORT"]);
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const request = http.get(
      {
        host: "127.0.0.1",
        port,
        path,
        headers: { ...headers, host: `${host}.localhost:${port}` },
        agent: false,
      },
      (answer) => {
        let body = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk: string) => (body += chunk));
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body }));
      },
    );
    request.on("error", reject);
  });
}
