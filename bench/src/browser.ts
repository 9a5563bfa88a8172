import { readFile } from "node:fs/promises";
import { chromiumArguments, chromiumPath } from "@kyma/e2e/browser.ts";
import { chromium, type Page } from "playwright";

/** With $KYMA_BENCH_KEEP_PAGES the console's pages are used as last built. */
export const keepPages = process.env["KYMA_BENCH_KEEP_PAGES"] !== undefined;

/** What a page's own observers have noted; see `watchItself`. */
interface Notes {
  /** Milliseconds of each task over 50 ms. */
  tasks: number[];
  /** Since navigation began. */
  firstRow: number | undefined;
  /** Unix ms at which a status reason was painted. */
  painted: Record<string, number>;
}

declare global {
  // oxlint-disable-next-line no-var -- a global of the page
  var benchNotes: Notes;
}

export interface BenchPage {
  page: Page;
  origin: string;
  close: () => Promise<void>;
}

/** A signed-in browser that has not loaded anything yet. */
export async function openBrowser(signInFile: string): Promise<BenchPage> {
  const link = (await readFile(signInFile, "utf8")).trim();
  const browser = await chromium.launch({ executablePath: await chromiumPath(), args: chromiumArguments });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.request.get(link, { maxRedirects: 0 });
  const page = await context.newPage();
  await page.addInitScript(watchItself);
  return { page, origin: new URL(link).origin, close: () => browser.close() };
}

/** Runs in the page before anything else. A change counts as painted after the frame that shows it. */
function watchItself(): void {
  const notes: Notes = { tasks: [], firstRow: undefined, painted: {} };
  globalThis.benchNotes = notes;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) notes.tasks.push(duration);
  }).observe({ type: "longtask", buffered: true });
  const afterPaint = (run: () => void): void => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", run);
      port1.start();
      port2.postMessage(undefined);
    });
  };
  const reasonsIn = (node: Node): string[] => (node.textContent ?? "").match(/Change\d+x\d+/g) ?? [];
  let found = false;
  new MutationObserver((records) => {
    if (!found && document.querySelector(".kyma-row input[aria-label^='Select ']")) {
      found = true;
      afterPaint(() => (notes.firstRow = performance.now()));
    }
    const nodes = records.flatMap(({ target, addedNodes }) => [target, ...addedNodes]);
    const reasons = nodes.filter((node) => (node.textContent ?? "").length < 500).flatMap(reasonsIn);
    const fresh = reasons.filter((reason) => !(reason in notes.painted));
    for (const reason of fresh) notes.painted[reason] = Number.NaN;
    if (fresh.length > 0)
      afterPaint(() => {
        for (const reason of fresh) notes.painted[reason] = performance.timeOrigin + performance.now();
      });
  }).observe(document, { subtree: true, childList: true, characterData: true });
}
