import type { Page, WebSocketRoute } from "@playwright/test";
import type { KubeClient } from "@kyma/kube/client.ts";
import { functions } from "@kyma/crds/resource-types.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { deployments, pods } from "@kyma/kube/resource-types.ts";
import { expect, test } from "../src/fixtures.ts";

/** A Function that logs numbered lines without pause, and one of each kind that a viewer must treat with care. */
const source = `
const esc = String.fromCharCode(27);
console.log(JSON.stringify({ level: "warn", msg: "started as JSON", user: "ada" }));
console.log("<img src=x onerror=alert(1)> " + esc + "[31mred" + esc + "[0m " + esc + "]8;;https://evil.example" + esc + "\\\\link" + esc + "]8;;" + esc + "\\\\");
console.log("x".repeat(1024 * 1024));
console.error("ERROR nothing is wrong, this is a test");
let n = 0;
setInterval(() => console.log("number " + n++ + "."), 20);
module.exports = { main: () => "ok" };`;

async function createFunction(client: KubeClient, namespace: string, name: string): Promise<void> {
  const fn = {
    apiVersion: "serverless.kyma-project.io/v1alpha2",
    kind: "Function",
    metadata: { namespace, name },
    spec: { runtime: "nodejs24", replicas: 1, source: { inline: { source } } },
  };
  await client.create(functions, fn);
}

interface LogPod extends KubeObject {
  status?: { phase?: string; containerStatuses?: { ready?: boolean }[] };
}
const runningPods = async (client: KubeClient, namespace: string): Promise<string[]> =>
  (await client.list<LogPod>(pods, { namespace })).items
    .filter(({ metadata, status }) => !metadata.deletionTimestamp && status?.phase === "Running")
    .map(({ metadata }) => metadata.name);

async function untilRunning(client: KubeClient, namespace: string): Promise<string> {
  await expect.poll(() => runningPods(client, namespace), { timeout: 60_000 }).toHaveLength(1);
  return (await runningPods(client, namespace))[0] ?? "";
}

test("logs of a workload: followed over a restart and a cut socket, searched, safe, and usable at 375 px", async ({
  console: page,
  client,
  namespace,
}) => {
  await createFunction(client, namespace, "counter");
  const relay = await relaySockets(page);
  const first = await untilRunning(client, namespace);
  const [deployment] = (await client.list(deployments, { namespace })).items;
  const workload = deployment?.metadata.name ?? "";
  await page.goto(`/namespaces/${namespace}/resources/apps/v1/deployments/${workload}?tab=logs`);
  const log = page.getByRole("region", { name: `Log of ${workload}` });
  await expect(log.getByText(/number \d+\./).first()).toBeVisible();

  await test.step("what programs print is text: no markup, no links, colours, one line of 1 MB capped", async () => {
    await page.getByLabel("Range").selectOption("all");
    const search = page.getByRole("textbox", { name: "Search the log" });
    await search.fill("onerror");
    await page.getByRole("button", { name: "Next match" }).click();
    await expect(log.getByText("<img src=x", { exact: false })).toBeVisible();
    await expect(log.locator("img, a")).toHaveCount(0);
    await expect(log.locator(".kyma-ansi-1")).toHaveText("red");
    await page.getByRole("button", { name: "Regular expression" }).click();
    await search.fill("^x{20}");
    await page.getByRole("button", { name: "Next match" }).click();
    await expect(log.getByText("more characters")).toBeVisible();
    await search.fill("(a");
    await expect(page.getByText("A ( is not closed.")).toBeVisible();
    await search.fill("");
    await page.getByLabel("Severity").selectOption("error");
    await expect(log.getByText("nothing is wrong")).toBeVisible();
    await expect(log.getByText(/number \d+\./)).toHaveCount(0);
    await page.getByLabel("Severity").selectOption("all");
  });

  await test.step("a socket cut for five seconds loses and doubles nothing", async () => {
    relay.cut();
    await page.waitForTimeout(5000);
    relay.open();
    await expect(page.locator(".kyma-log-status").getByText("live", { exact: true })).toBeVisible();
    await page.waitForTimeout(1500);
    const numbers = await shownNumbers(page);
    expect(numbers.shown.length).toBeGreaterThan(250);
    expect(numbers.shown).toEqual(numbers.shown.map((_, index) => (numbers.shown[0] ?? 0) + index));
  });

  await test.step("a pod that takes over is followed within 3 s", async () => {
    await page.getByRole("button", { name: "Jump to newest" }).click();
    await client.delete(pods, { namespace, name: first });
    await expect
      .poll(async () => (await runningPods(client, namespace)).filter((name) => name !== first))
      .toHaveLength(1);
    const [second = ""] = (await runningPods(client, namespace)).filter((name) => name !== first);
    const began = Date.now();
    await expect(log.locator(`[title="${second}/function"]`).first()).toBeVisible({ timeout: 3000 });
    expect(Date.now() - began).toBeLessThan(3000);
  });

  await test.step("375 px: no sideways scroll of the page", async () => {
    await page.setViewportSize({ width: 375, height: 812 });
    await expect(log.getByText(/number \d+\./).first()).toBeVisible();
    const main = page.getByRole("main");
    expect(await main.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(
      0,
    );
    await page.getByRole("button", { name: "Options" }).click();
    await page.getByRole("button", { name: "Wrap" }).click();
    await expect(log.locator(".kyma-log-wrap")).toBeVisible();
    await page.getByRole("button", { name: "Wrap" }).click();
  });
});

/** All numbers that the viewer holds, read by scrolling through it. */
async function shownNumbers(page: Page) {
  const pause = page.getByRole("button", { name: "Pause", exact: true });
  if (await pause.isVisible()) await pause.click();
  const shown = await page.locator(".kyma-log-body").evaluate(async (body) => {
    const seen = new Set<number>();
    const list: number[] = [];
    for (let top = 0; top < body.scrollHeight; top += 400) {
      body.scrollTop = top;
      // Rows are painted after the scroll: wait until those in view are there.
      for (let tries = 0; tries < 100; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        const view = body.getBoundingClientRect();
        const rows = [...body.querySelectorAll(".kyma-log-row")];
        const first = rows[0]?.getBoundingClientRect().top ?? Infinity;
        const last = rows.at(-1)?.getBoundingClientRect().bottom ?? 0;
        const atEnd = body.scrollTop + body.clientHeight > body.scrollHeight - 20;
        if (first <= view.top + 20 && (last >= view.bottom - 20 || atEnd)) break;
      }
      for (const row of body.querySelectorAll(".kyma-log-row")) {
        const found = /number (\d+)\./.exec(row.textContent ?? "");
        if (found && !seen.has(Number(found[1]))) list.push(Number(found[1]));
        if (found) seen.add(Number(found[1]));
      }
    }
    return list;
  });
  return { shown };
}

/** Between the page and the console: cuts the page's sockets, and lets none through until it is opened again. */
async function relaySockets(page: Page) {
  const routes = new Set<[WebSocketRoute, WebSocketRoute]>();
  let isCut = false;
  await page.routeWebSocket(/\/graphql$/, (route) => {
    if (isCut) return void route.close({ code: 3999 });
    routes.add([route, route.connectToServer()]);
  });
  return {
    cut() {
      isCut = true;
      for (const pair of routes) for (const side of pair) void side.close({ code: 3999 });
      routes.clear();
    },
    open: () => (isCut = false),
  };
}
