import { subscriptions } from "@kyma/crds/resource-types.ts";
import { expectReady, field, outcomeRow, subscription } from "../src/eventing-story.ts";
import { expect, test } from "../src/fixtures.ts";
import { FunctionPage } from "../src/function-page.ts";

const refusing = `module.exports = { main: (event) => {
  event.setResponseStatus(400);
  return "no such order";
} };`;
const taking = `module.exports = { main: (event) => {
  console.log("took " + JSON.stringify(event.data));
  return "taken";
} };`;

test("what a sink refuses ends in dead letters; mending it and replaying heals", async ({
  console: page,
  client,
  namespace,
}) => {
  const fn = new FunctionPage(page, namespace, "orders");
  await fn.create("Hello world");
  await fn.write(refusing);
  await fn.expectState("Running");
  await client.create(subscriptions, subscription(namespace, "orders"));
  await expectReady(client, namespace, "orders");

  const letters = page.getByRole("grid", { name: "Dead letters" });
  await test.step("the refusal is told, and where the event is kept", async () => {
    await page.goto(`/namespaces/${namespace}/eventing/test`);
    await page.getByRole("button", { name: namespace, exact: true }).click();
    await page.getByRole("button", { name: "order.created.v1", exact: true }).click();
    for (const code of ["one", "two"]) {
      await field(page, "Data").fill(`{"orderCode": "${code}"}`);
      await page.getByRole("button", { name: "Send", exact: true }).click();
      await expect(outcomeRow(page, "orders")).toContainText("given up");
    }
    await expect(outcomeRow(page, "orders")).toContainText("400");
    await outcomeRow(page, "orders").getByRole("link", { name: "orders" }).click();
    await expect(page.getByRole("region", { name: "Delivery" })).toContainText("no such order");
    await page.getByRole("tab", { name: "Dead letters" }).click();
    await expect(letters.getByRole("row")).toHaveCount(3);
  });

  await test.step("a replay in vain says what the sink answers, and the dead letter stays", async () => {
    await letters
      .getByRole("button", { name: /^Look at/ })
      .first()
      .click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText("The sink refused it, after 1 attempt");
    await dialog.getByRole("button", { name: "Replay", exact: true }).click();
    await expect(dialog.getByText("The sink answered 400")).toBeVisible();
    await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
    await expect(letters.getByRole("row")).toHaveCount(3);
  });

  await test.step("a changed event outlives a failed look at the list, and is not closed by accident", async () => {
    await letters
      .getByRole("button", { name: /^Look at/ })
      .first()
      .click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "The event" }).focus();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.press("Enter");
    const replay = dialog.getByRole("button", { name: "Replay the changed event" });
    await expect(replay).toBeVisible();
    await page.route("**/graphql", (route) =>
      route.request().postData()?.includes("query DeadLetters") ? route.abort() : route.fallback(),
    );
    await expect(page.getByText(/These are the dead letters of/)).toBeVisible();
    await page.unroute("**/graphql");
    await expect(page.getByText(/These are the dead letters of/)).toHaveCount(0);
    await expect(replay).toBeVisible();
    const question = page.getByRole("dialog", { name: /Close without replaying/ });
    await dialog.getByRole("button", { name: "Close", exact: true }).first().focus();
    await page.keyboard.press("Escape");
    await question.getByRole("button", { name: "Stay" }).click();
    await expect(replay).toBeVisible();
    await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
    await question.getByRole("button", { name: "Leave" }).click();
    await expect(dialog).toHaveCount(0);
  });

  await test.step("mend the Function and replay all", async () => {
    await page.goto(`/namespaces/${namespace}/functions/orders`);
    await fn.write(taking);
    await expect(page.getByText("All changes are saved")).toBeVisible();
    await fn.run();
    await expect(async () => {
      await fn.run();
      await expect(page.locator("#run-answer")).toHaveText("taken", { timeout: 3000 });
    }).toPass();
    await page.goto(`/namespaces/${namespace}/eventing?tab=dead-letters`);
    await letters.getByRole("checkbox", { name: "Select all rows" }).check();
    await page.getByRole("button", { name: "Replay 2" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Replay 2" }).click();
    await expect(dialog).toContainText("The oldest goes first");
    await dialog.getByRole("button", { name: "Replay", exact: true }).click();
    await expect(dialog.getByText("2 of 2 delivered")).toBeVisible();
    await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
    await expect(page.getByRole("heading", { name: "No dead letters" })).toBeVisible();
  });

  await test.step("the Function has both", async () => {
    await page.goto(`/namespaces/${namespace}/functions/orders?tab=logs`);
    for (const code of ["one", "two"])
      await expect(page.getByText(`took {"orderCode":"${code}"}`).first()).toBeVisible();
  });
});
