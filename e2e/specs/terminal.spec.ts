import type { Page, WebSocketRoute } from "@playwright/test";
import type { KubeClient } from "@kyma/kube/client.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { pods } from "@kyma/kube/resource-types.ts";
import { expect, test } from "../src/fixtures.ts";

const image = "kyma.local/debug:latest";

async function createPod(client: KubeClient, namespace: string): Promise<void> {
  const containers = [{ name: "tools", image, command: ["sh", "-c", "sleep 3600"] }];
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { namespace, name: "box" }, spec: { containers } };
  await client.create(pods, pod);
  const phase = async () =>
    (await client.get<KubeObject & { status?: { phase?: string } }>(pods, { namespace, name: "box" })).status
      ?.phase;
  await expect.poll(phase, { timeout: 60_000 }).toBe("Running");
}

/** What the terminal shows, read as a screen reader would. */
const screenOf = (page: Page) => page.locator(".xterm-accessibility-tree");

test("a shell in a container: types, resizes, survives a cut socket and a reload; a debug container joins", async ({
  console: page,
  client,
  namespace,
}) => {
  await createPod(client, namespace);
  const routes = new Set<WebSocketRoute>();
  await page.routeWebSocket(/\/terminal$/, (route) => {
    const server = route.connectToServer();
    routes.add(route).add(server);
  });
  await page.goto(`/namespaces/${namespace}/resources/core/v1/pods/box?tab=terminal`);
  await page.getByRole("button", { name: "Screen reader" }).click();
  const screen = screenOf(page);
  const input = page.getByRole("textbox", { name: "Terminal input" });

  await test.step("what is typed comes back", async () => {
    await expect(screen).toContainText(/[$#]/);
    await input.focus();
    await page.keyboard.type("echo he''llo; stty size\n");
    await expect(screen).toContainText("hello");
  });

  await test.step("the shell knows the size of the window", async () => {
    await page.setViewportSize({ width: 900, height: 700 });
    await page.waitForTimeout(500);
    await page.keyboard.type("clear; stty size\n");
    const columns = await page.evaluate(() =>
      Math.round((document.querySelector(".xterm-screen")?.clientWidth ?? 0) / 8.4),
    );
    await expect
      .poll(async () => Number(/\n?\s*\d+ (\d+)/.exec(await screen.innerText())?.[1] ?? 0))
      .toBeGreaterThan(columns * 0.8);
  });

  await test.step("a cut socket and a reload keep the shell and what it showed", async () => {
    await page.keyboard.type("X=kept; echo be''fore\n");
    await expect(screen).toContainText("before");
    for (const route of routes) await route.close({ code: 3999 });
    await expect(page.getByText("The connection was lost")).toBeVisible();
    await expect(page.getByText("The connection was lost")).toBeHidden();
    await input.focus();
    await page.keyboard.type("echo $X-1\n");
    await expect(screen).toContainText("kept-1");
    await expect(screen).toContainText("before");
    await page.reload();
    await expect(screen).toContainText("kept-1");
    await input.focus();
    await page.keyboard.type("echo $X-2\n");
    await expect(screen).toContainText("kept-2");
  });

  await test.step("a debug container joins the pod", async () => {
    await page.getByRole("button", { name: "Debug container" }).click();
    await expect(page.getByLabel("Image")).toHaveValue(image);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await expect(page.getByLabel("Container", { exact: true })).toHaveValue(/^debugger-/);
    await expect(page.getByRole("button", { name: "End shell" })).toBeVisible({ timeout: 60_000 });
    await input.focus();
    await page.keyboard.type("\necho deb''ugging\n");
    await expect(screen).toContainText("debugging");
  });
});
