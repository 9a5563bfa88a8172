import { functions } from "@kyma/crds/resource-types.ts";
import { expect, test } from "../src/fixtures.ts";
import { FunctionPage } from "../src/function-page.ts";

test("a syntax error is named, its log line is shown, and the last version keeps serving", async ({
  console: page,
  namespace,
}) => {
  const fn = new FunctionPage(page, namespace, "fragile");
  await fn.create("Hello world");
  await fn.expectState("Running");
  await fn.write("module.exports = { main: function () { return 'broken'; ");
  await expect(
    page
      .getByRole("main")
      .getByText(/syntax error in handler\.js, line 1/)
      .first(),
  ).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/previous version still serves/).first()).toBeVisible();
  await fn.run();
  await expect(page.locator("#run-answer")).toHaveText("Hello Kyma from fragile!");
  await fn.write("module.exports = { main: () => 'mended' };");
  await fn.expectState("Running");
  await expect(async () => {
    await fn.run();
    await expect(page.locator("#run-answer")).toHaveText("mended", { timeout: 3000 });
  }).toPass();
});

test("a dependency that does not exist is named", async ({ console: page, client, namespace }) => {
  await client.create(functions, {
    apiVersion: "serverless.kyma-project.io/v1alpha2",
    kind: "Function",
    metadata: { name: "needy", namespace },
    spec: {
      runtime: "nodejs24",
      source: {
        inline: {
          source: "module.exports = { main: () => 1 }",
          dependencies: '{ "dependencies": { "no-such-package-of-kyma-tests": "1.0.0" } }',
        },
      },
    },
  } as never);
  await page.goto(`/namespaces/${namespace}/functions/needy`);
  await expect(
    page
      .getByRole("main")
      .getByText(/no-such-package-of-kyma-tests/)
      .first(),
  ).toBeVisible({ timeout: 40_000 });
});
