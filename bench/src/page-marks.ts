import type { Page } from "playwright";

/** What a page has noted of itself since its navigation began, in milliseconds. */
interface Marks {
  /** When each mark's selector was first painted. */
  painted: Record<string, number>;
  /** From a key's press to the painted frame that shows what it did. */
  keys: number[];
  /** The press that is not answered yet. */
  pressed: number | undefined;
  /** Decides whether what was typed shows. */
  shows: (() => boolean) | undefined;
}

declare global {
  // oxlint-disable-next-line no-var -- a global of the page
  var benchMarks: Marks;
}

/** From the next navigation on the page notes when each selector matches something for the first time. */
export async function markPaints(page: Page, selectors: Record<string, string>): Promise<void> {
  await page.addInitScript(observe, selectors);
}

/** Runs in the page before anything else. What is in the document counts as painted after the frame that shows it. */
function observe(selectors: Record<string, string>): void {
  const marks: Marks = { painted: {}, keys: [], pressed: undefined, shows: undefined };
  globalThis.benchMarks = marks;
  const waiting = new Map(Object.entries(selectors));
  const afterPaint = (run: () => void): void => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", run);
      port1.start();
      port2.postMessage(undefined);
    });
  };
  const look = (): void => {
    for (const [name, selector] of waiting) {
      if (!document.querySelector(selector)) continue;
      waiting.delete(name);
      afterPaint(() => (marks.painted[name] = performance.now()));
    }
    const { pressed } = marks;
    if (pressed === undefined || !marks.shows?.()) return;
    marks.pressed = undefined;
    afterPaint(() => marks.keys.push(performance.now() - pressed));
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ["class", "aria-busy"],
  });
  document.addEventListener("keydown", ({ timeStamp }) => (marks.pressed = timeStamp), { capture: true });
}

/** When a mark was painted, since the navigation began. */
export async function paintOf(page: Page, name: string): Promise<number> {
  await page.waitForFunction((mark) => globalThis.benchMarks.painted[mark] !== undefined, name, {
    timeout: 60_000,
  });
  return page.evaluate((mark) => globalThis.benchMarks.painted[mark] ?? Number.NaN, name);
}

/**
 * Presses one key and waits until `shows` says of the page that what was typed shows, and that was painted; milliseconds from the press.
 * `shows` runs in the page: it may use nothing from around it.
 */
export async function keyToPaint(
  page: Page,
  key: string,
  shows: (typed: string) => boolean,
  typed: string,
): Promise<number> {
  const before = await page.evaluate(() => globalThis.benchMarks.keys.length);
  await page.evaluate(`benchMarks.shows = () => (${shows.toString()})(${JSON.stringify(typed)})`);
  await page.keyboard.press(key);
  await page.waitForFunction((count) => globalThis.benchMarks.keys.length > count, before, {
    timeout: 30_000,
  });
  return page.evaluate(() => globalThis.benchMarks.keys.at(-1) ?? Number.NaN);
}
