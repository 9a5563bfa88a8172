import { namespaces } from "@kyma/kube/resource-types.ts";
import { createViewer, looking, signInByToken } from "../src/accounts.ts";
import { expect, test } from "../src/fixtures.ts";

const group = "serverless.kyma-project.io";

test("a viewer signs in by token on the very page, and disabled controls say which right is missing", async ({
  page,
  client,
  namespace,
}) => {
  const { token, user } = await createViewer(client, [namespace], looking);
  const path = `/namespaces/${namespace}/functions`;
  await page.goto(path);
  await page.getByRole("textbox", { name: "Token" }).fill("nonsense");
  await page.getByRole("button", { name: "Sign in with the token" }).click();
  await expect(page.getByText(/The API server does not know this token/)).toBeVisible();
  await signInByToken(page, token);
  expect(new URL(page.url()).pathname).toBe(path);
  const create = page.getByRole("button", { name: "Create a Function" }).first();
  await expect(create).toHaveAttribute("aria-disabled", "true");
  // The authorizer's own answer, asked for as the viewer.
  const asked = await page.evaluate(
    async (variables) => {
      const query = "query($checks: [AccessCheck!]!) { access(checks: $checks) { allowed reason } }";
      const headers = { "content-type": "application/json" };
      const answer = await fetch("/graphql", {
        method: "POST",
        headers,
        body: JSON.stringify({ query, variables }),
      });
      return ((await answer.json()) as { data: { access: { allowed: boolean; reason: string | null }[] } })
        .data.access;
    },
    { checks: [{ verb: "create", group: "serverless.kyma-project.io", resource: "functions", namespace }] },
  );
  expect(asked[0]?.allowed).toBe(false);
  const said = asked[0]?.reason ? ` The cluster says: ${asked[0].reason}` : "";
  const sentence = `You may not create functions.${group} in namespace ${namespace}.${said}`;
  await expect(create).toHaveAccessibleDescription(sentence);
  await create.hover();
  await expect(page.getByRole("tooltip")).toContainText(sentence);
  await expect(page.getByRole("tooltip")).toContainText("Ask a cluster administrator");
  // Nothing that a script can read holds the token.
  const readable = await page.evaluate(
    () =>
      document.cookie + JSON.stringify([localStorage, sessionStorage]) + document.documentElement.outerHTML,
  );
  expect(readable).not.toContain(token);
  expect(readable).not.toContain(token.split(".")[2]);
  await page.getByRole("button", { name: `Signed in as ${user}`, exact: false }).click();
  await expect(page.getByText("Token expires")).toBeVisible();
});

test("viewing as somebody else cannot be missed, in any tab, and ends everywhere", async ({
  console: page,
  client,
  namespace,
}) => {
  const { user } = await createViewer(client, [namespace], looking);
  const path = `/namespaces/${namespace}/functions`;
  await page.goto(path);
  await expect(page.getByRole("button", { name: "Create a Function" }).first()).not.toHaveAttribute(
    "aria-disabled",
    "true",
  );
  const other = await page.context().newPage();
  await other.goto(`/namespaces/${namespace}/resources/core/v1/pods`);
  await page.getByRole("button", { name: /^Signed in as/ }).click();
  await page.getByRole("menuitem", { name: /View as/ }).click();
  await page.getByRole("radio", { name: "A service account" }).check();
  await page.getByRole("textbox", { name: "Service account" }).fill("viewer");
  await page.getByRole("textbox", { name: "Namespace" }).fill(namespace);
  await page.getByRole("button", { name: "View as them" }).click();
  for (const tab of [page, other]) {
    await expect(tab.getByRole("region", { name: "View as" })).toContainText(user, { timeout: 5000 });
  }
  await expect(page.getByRole("button", { name: "Create a Function" }).first()).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await page.goto(`/namespaces/${namespace}`);
  await expect(page.getByRole("region", { name: "View as" })).toBeVisible();
  await other.getByRole("button", { name: "Stop" }).click();
  for (const tab of [page, other]) {
    await expect(tab.getByRole("region", { name: "View as" })).toBeHidden({ timeout: 5000 });
  }
  await other.close();
});

test("My access shows what the viewer may do, from one review, and why", async ({
  page,
  client,
  namespace,
}) => {
  const { token } = await createViewer(client, [namespace], looking);
  await page.goto(`/namespaces/${namespace}/access`);
  let reviews = 0;
  page.on("request", (request) => {
    if (request.postData()?.includes("accessRules(")) reviews += 1;
  });
  await signInByToken(page, token);
  const table = page
    .getByRole("grid", { name: "Rights" })
    .or(page.getByRole("table", { name: "Rights" }))
    .or(page.getByRole("treegrid", { name: "Rights" }));
  const row = table
    .getByRole("row", { name: /^Details pods / })
    .or(table.locator("tr").filter({ has: page.getByRole("rowheader", { name: /^pods$/ }) }))
    .first();
  await expect(row).toBeVisible();
  expect(reviews).toBe(1);
  await page.getByRole("textbox", { name: "Filter kinds" }).fill("pods");
  await row.getByRole("button", { name: "Details" }).click();
  await expect(page.getByText(/RoleBinding "viewer/).first()).toBeVisible();
  await expect(page.getByText("not allowed by anything").first()).toBeVisible();
  await page.getByRole("tab", { name: "Can I…?" }).click();
  await page
    .getByRole("textbox", { name: "Verb" })
    .or(page.getByRole("combobox", { name: "Verb" }))
    .fill("delete");
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(page.getByText(`You may not delete pods in namespace ${namespace}.`)).toBeVisible();
});

test("who may read three namespaces only gets every page without a refusal", async ({
  page,
  client,
  namespace,
}) => {
  const more = [`${namespace}-b`, `${namespace}-c`] as const;
  for (const name of more)
    await client.create(namespaces, { apiVersion: "v1", kind: "Namespace", metadata: { name } });
  try {
    const { token } = await createViewer(client, [namespace, ...more], looking);
    const scope = [namespace, ...more].join(",");
    await page.goto(`/namespaces/${scope}/functions`);
    await signInByToken(page, token);
    for (const path of [
      "functions",
      "api-rules",
      "resources/core/v1/pods",
      "resources/core/v1/configmaps",
      "resources/apps/v1/deployments",
      "access",
    ]) {
      await page.goto(`/namespaces/${scope}/${path}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await page.waitForTimeout(700);
      expect.soft(await page.getByText(/forbidden|You may not list/i).count(), path).toBe(0);
      expect
        .soft(
          await page
            .getByRole("listitem")
            .filter({ hasText: /danger alert/i })
            .count(),
          path,
        )
        .toBe(0);
    }
  } finally {
    for (const name of more) await client.delete(namespaces, { name });
  }
});

test("when the session ends, signing in again leads back to the same page with the draft kept", async ({
  page,
  client,
  namespace,
}) => {
  const { token } = await createViewer(client, [namespace], looking);
  const { functions } = await import("@kyma/crds/resource-types.ts");
  const spec = { runtime: "nodejs24", source: { inline: { source: "module.exports = { main: () => 1 }" } } };
  await client.create(functions, {
    apiVersion: "serverless.kyma-project.io/v1alpha2",
    kind: "Function",
    metadata: { name: "drafted", namespace },
    spec,
  } as never);
  const path = `/namespaces/${namespace}/functions/drafted`;
  await page.goto(path);
  await signInByToken(page, token);
  const editor = page.getByRole("textbox", { name: "Source of drafted" });
  await editor.focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("// mine");
  await expect(page.getByText("Unsaved changes: source")).toBeVisible();
  // Another tab signs out; so does an expired token or a restart of the server.
  await page.evaluate(async () => {
    const headers = { "content-type": "application/json" };
    await fetch("/graphql", {
      method: "POST",
      headers,
      body: JSON.stringify({ query: "mutation { signOut }" }),
    });
  });
  await expect(page.getByText("Your session has ended.", { exact: false })).toBeVisible({ timeout: 10_000 });
  await signInByToken(page, token);
  expect(new URL(page.url()).pathname).toBe(path);
  await page.getByRole("button", { name: "Restore it" }).click();
  await expect(page.getByText("Unsaved changes: source")).toBeVisible();
});
