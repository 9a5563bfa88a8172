import { expect, test, throughGateway } from "../src/fixtures.ts";
import { FunctionPage } from "../src/function-page.ts";

const saying = (text: string): string => `module.exports = { main: (event) => {
  console.log("said ${text} to " + event.extensions.request.path);
  return "${text}";
} };`;

test("a newcomer writes a Function, runs it, exposes it with JWT, edits, reverts and deletes it", async ({
  console: page,
  namespace,
}) => {
  const fn = new FunctionPage(page, namespace, "greeter");

  await test.step("create from a template and see it run", async () => {
    await fn.create("Hello world");
    await fn.expectState("Running");
    await fn.run();
    await expect(page.getByRole("region", { name: "Answer" })).toContainText("Hello Kyma from greeter!");
  });

  await test.step("write code, save it, get the new answer and its log line", async () => {
    await fn.write(saying("good morning"));
    await expect(page.getByText("All changes are saved")).toBeVisible();
    await fn.expectState("Running");
    await expect(async () => {
      await fn.run();
      await expect(page.locator("#run-answer")).toHaveText("good morning", { timeout: 3000 });
    }).toPass();
    await fn.open("Logs");
    await expect(page.getByText("said good morning to /").first()).toBeVisible();
  });

  const host = `greeter-${namespace}`;
  await test.step("expose it to callers with a JWT", async () => {
    await page.getByRole("button", { name: "Expose", exact: true }).click();
    await page.getByLabel("Host").fill(host);
    await page.getByLabel("Callers with a JWT").check();
    await page.getByRole("button", { name: "Use the test issuer of this cluster" }).click();
    await page.getByLabel("Scopes, all needed").fill("greet");
    await page.getByRole("button", { name: "Preview" }).click();
    await expect(page.getByRole("grid", { name: "Effective routes" })).toContainText("greet");
    await page.getByRole("button", { name: "Apply", exact: true }).click();
    await expect(page.getByText("Ready", { exact: true })).toBeVisible();
  });

  await test.step("the probe shows 403 without and 200 with a token", async () => {
    await expect(page.getByRole("region", { name: "Without a token" })).toContainText("403");
    await expect(page.getByRole("region", { name: "With a token", exact: true })).toContainText("200");
    await expect(page.getByRole("region", { name: "With a token", exact: true })).toContainText(
      "good morning",
    );
    expect((await throughGateway(host)).status).toBe(403);
    expect((await throughGateway(host, "/", { authorization: "Bearer nonsense" })).status).toBe(401);
  });

  await test.step("open it to everyone and call it from outside", async () => {
    await page.getByRole("link", { name: "Edit", exact: true }).click();
    await page.getByLabel("Everyone").check();
    await page.getByRole("button", { name: "Preview" }).click();
    await page.getByRole("button", { name: "Apply", exact: true }).click();
    await expect.poll(async () => (await throughGateway(host)).body).toBe("good morning");
  });

  await test.step("edit and revert without a failed request", async () => {
    const failures: number[] = [];
    const load = setInterval(
      () =>
        void throughGateway(host).then(
          ({ status }) => status !== 200 && failures.push(status),
          () => failures.push(0),
        ),
      100,
    );
    await page.goto(`/namespaces/${namespace}/functions/greeter`);
    await fn.write(saying("good evening"));
    await expect.poll(async () => (await throughGateway(host)).body).toBe("good evening");
    await fn.open("Revisions");
    await page
      .getByRole("row", { name: /Compare 2/ })
      .getByRole("button", { name: "Revert to 2" })
      .click();
    await expect.poll(async () => (await throughGateway(host)).body).toBe("good morning");
    clearInterval(load);
    expect(failures).toEqual([]);
  });

  await test.step("delete it", async () => {
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await expect(page.getByRole("heading", { name: "Functions", level: 1 })).toBeVisible();
    await expect.poll(async () => (await throughGateway(host)).status).toBe(503);
  });
});
