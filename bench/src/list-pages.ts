import { runningPods, type ClusterSize } from "./cluster-fill.ts";
import type { BffProcess } from "./bff-process.ts";
import { openBrowser } from "./browser.ts";
import type { BenchResult } from "./result.ts";
import { changeStatuses, latencies } from "./status-changes.ts";
import type { Page } from "playwright";

const changesPerSecond = 20;
const changeSeconds = 15;
const rowLimitMs = 60_000;

/** The list of pods as a browser shows it. The BFF must not have read them yet. */
export async function measurePages(
  bff: BffProcess,
  kubeconfig: string,
  size: ClusterSize,
): Promise<BenchResult[]> {
  const { page, origin, close } = await openBrowser(bff.signInFile);
  const count = size.pods.toLocaleString("en");
  try {
    await page.goto(`${origin}/namespaces/-all-/resources/core/v1/pods`);
    const cold = await firstRow(page);
    const whole = await liveAfter(page);
    await page.reload();
    const warm = await firstRow(page);
    await liveAfter(page);
    const changes = await paintOfChanges(page, kubeconfig, size);
    const scroll = await scrollToEnd(page);
    return [
      {
        name: `browser: navigation to first rows of ${count} painted, nothing cached`,
        value: cold,
        unit: "ms",
        note: "scripts, sign-in check and list together; Headlamp 0.45: 1,670 ms to the first of 1,000 pods",
      },
      { name: "browser: all rows read, and live, after", value: whole, unit: "ms" },
      { name: `browser: first rows after a reload`, value: warm, unit: "ms" },
      {
        name: "browser: a change is painted after a raw watch has it, p95",
        value: changes.afterWatch.p95,
        unit: "ms",
        gate: "≤ 250 ms",
        note: `p50 ${changes.afterWatch.p50.toFixed(0)} ms; ${changes.note}; Headlamp 0.45: 1,200 ms`,
      },
      {
        name: `browser: longest task while scrolling ${count} rows to the end`,
        value: scroll.longest,
        unit: "ms",
        gate: "≤ 100 ms",
        note: `${scroll.frames} frames of one screen in ${(scroll.ms / 1000).toFixed(1)} s, ${scroll.tasks} tasks over 50 ms, last row shown ${scroll.last.toFixed(0)} ms after`,
      },
    ];
  } finally {
    await close();
  }
}

async function firstRow(page: Page): Promise<number> {
  await page.waitForFunction(() => globalThis.benchNotes.firstRow !== undefined, undefined, {
    timeout: rowLimitMs,
  });
  return page.evaluate(() => globalThis.benchNotes.firstRow ?? 0);
}

/** Milliseconds from navigation until the list is complete and shows changes. */
async function liveAfter(page: Page): Promise<number> {
  await page.getByText("live", { exact: true }).waitFor({ timeout: rowLimitMs });
  return page.evaluate(() => performance.now());
}

/** All changes are to rows in view. */
async function paintOfChanges(page: Page, kubeconfig: string, size: ClusterSize) {
  const names = await page
    .locator(".kyma-row input[aria-label^='Select ']")
    .evaluateAll((inputs) => inputs.map((input) => (input.getAttribute("aria-label") ?? "").slice(7)));
  const watched = runningPods(size)
    .filter(({ name }) => names.includes(name))
    .slice(0, 10);
  const report = await changeStatuses({
    kubeconfig,
    rate: changesPerSecond,
    seconds: changeSeconds,
    watched,
  });
  const painted = await page.evaluate(() => globalThis.benchNotes.painted);
  return latencies(report, new Map(Object.entries(painted)));
}

function scrollToEnd(page: Page) {
  return page.evaluate(async () => {
    const grid = document.querySelector(".kyma-grid");
    if (!grid) throw new Error("there is no list");
    const { tasks } = globalThis.benchNotes;
    tasks.length = 0;
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const began = performance.now();
    let frames = 0;
    while (grid.scrollTop + grid.clientHeight < grid.scrollHeight - 1) {
      grid.scrollTop += grid.clientHeight;
      frames += 1;
      await frame();
    }
    const ended = performance.now();
    const last = `[aria-rowindex="${grid.getAttribute("aria-rowcount")}"] input`;
    while (!document.querySelector(last) && performance.now() < ended + 10_000) await frame();
    return {
      frames,
      ms: ended - began,
      last: performance.now() - ended,
      longest: Math.max(0, ...tasks),
      tasks: tasks.length,
    };
  });
}
