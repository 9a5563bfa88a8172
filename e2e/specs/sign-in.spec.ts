import { expect, signInLink, test } from "../src/fixtures.ts";

test("a link signs in once, and a fresh one takes its place", async ({ page, browser }) => {
  const link = signInLink();
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  expect(page.url()).not.toContain("token");
  expect(signInLink()).not.toBe(link);

  const stranger = await browser.newPage();
  await stranger.goto(link);
  await stranger.goto(new URL(link).origin);
  await expect(stranger.getByRole("heading", { name: "Sign in to Kyma" })).toBeVisible();
  await stranger.close();
});

test("no script of the page can read what signs in", async ({ console: page }) => {
  const readable = await page.evaluate(
    () => document.cookie + JSON.stringify([localStorage, sessionStorage]),
  );
  expect(readable).not.toMatch(/token|session|bearer/i);
  const [cookie] = await page.context().cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict" });
});
