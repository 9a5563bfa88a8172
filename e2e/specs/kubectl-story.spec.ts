import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { dataDir, expect, test, throughGateway } from "../src/fixtures.ts";

const manifests = (namespace: string): string => `
apiVersion: serverless.kyma-project.io/v1alpha2
kind: Function
metadata: { name: by-hand, namespace: ${namespace} }
spec:
  runtime: nodejs24
  env: [{ name: GREETING, value: Salut }]
  source:
    inline:
      source: |
        module.exports = { main: () => process.env.GREETING };
---
apiVersion: gateway.kyma-project.io/v2
kind: APIRule
metadata: { name: by-hand, namespace: ${namespace} }
spec:
  hosts: [by-hand-${namespace}]
  gateway: kyma-system/kyma-gateway
  service: { name: by-hand, port: 80 }
  rules: [{ path: /*, methods: [GET], noAuth: true }]
`;

function kubectl(args: string[], input?: string): string {
  const program = ["--disable-warning=ExperimentalWarning", "local-cluster/src/app/kubectl.ts"];
  return execFileSync(process.execPath, [...program, "--data-dir", dataDir(), ...args], {
    cwd: join(import.meta.dirname, "../.."),
    encoding: "utf8",
    ...(input === undefined ? {} : { input }),
  });
}

test("what kubectl applies gives the same result, and the console shows it live", async ({
  console: page,
  namespace,
}) => {
  await page.goto(`/namespaces/${namespace}/functions`);
  await expect(page.getByRole("heading", { name: `No Functions in ${namespace} yet` })).toBeVisible();
  kubectl(["apply", "-f", "-"], manifests(namespace));
  await expect(page.getByRole("row", { name: /by-hand/ })).toContainText("Running");
  await expect.poll(async () => (await throughGateway(`by-hand-${namespace}`)).body).toBe("Salut");
  expect(
    kubectl(["get", "function", "by-hand", "-n", namespace, "-o", "jsonpath={.status.conditions[*].status}"]),
  ).toBe("True True");
  expect(kubectl(["get", "apirule", "by-hand", "-n", namespace, "-o", "jsonpath={.status.state}"])).toBe(
    "Ready",
  );

  kubectl(["scale", "function", "by-hand", "-n", namespace, "--replicas=0"]);
  await expect(page.getByRole("row", { name: /by-hand/ })).toContainText("Scaled to zero");
  expect(kubectl(["logs", "-n", "kyma-system", "deployment/test-issuer", "--tail=1"])).not.toBe("");
});

test("a Service can be exposed from its own page", async ({ console: page }) => {
  await page.goto("/namespaces/kyma-system/resources/core/v1/services/test-issuer");
  await page.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: "Expose" }).click();
  await expect(page.getByRole("heading", { name: "Expose test-issuer" })).toBeVisible();
  await expect(page.getByLabel("Service", { exact: true })).toHaveValue("test-issuer:80");
});
