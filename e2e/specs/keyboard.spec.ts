import type { Locator, Page } from "@playwright/test";
import { expect, test, throughGateway } from "../src/fixtures.ts";

/** Presses Tab until the element has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < most; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`The focus did not come to ${String(target)} with ${most} presses of Tab.`);
}

/** Goes somewhere by the palette. */
async function goTo(page: Page, words: string, title: RegExp): Promise<void> {
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("combobox", { name: "Go to or do" })).toBeFocused();
  await page.keyboard.type(words);
  await expect(page.getByRole("option", { name: title, selected: true })).toBeVisible();
  await page.keyboard.press("Enter");
}

test("a Function is created, run and exposed with the keyboard alone", async ({
  console: page,
  namespace,
}) => {
  await page.goto(`/namespaces/${namespace}`);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();

  await goTo(page, "create a function", /^Create a Function/);
  await tabTo(page, page.getByRole("textbox", { name: "Name", exact: true }));
  await page.keyboard.type("keys");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "keys" })).toBeVisible();
  await expect(page.getByRole("main").getByText("Running", { exact: true }).first()).toBeVisible();

  await tabTo(page, page.getByRole("tab", { name: "Run", exact: true }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: "Run", exact: true }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Answer" })).toContainText("Hello Kyma from keys!");

  // The button stands above: Shift+Tab would reach it, too; from the top it is a few presses.
  await page.reload();
  await tabTo(page, page.getByRole("button", { name: "Expose", exact: true }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByLabel("Host"));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(`keys-${namespace}`);
  await tabTo(page, page.getByRole("button", { name: "Preview" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: "Apply", exact: true }));
  await page.keyboard.press("Enter");
  await expect
    .poll(async () => (await throughGateway(`keys-${namespace}`)).body)
    .toBe("Hello world from keys!");
});
