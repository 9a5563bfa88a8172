import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import { startControlPlane } from "@kyma/local-cluster/testing/control-plane.ts";
import type { Page } from "playwright";
import { startBff } from "./bff-process.ts";
import { openBrowser } from "./browser.ts";
import { fillCluster, keepsPods, podKey, type ClusterSize } from "./cluster-fill.ts";
import { keyToPaint, markPaints } from "./page-marks.ts";
import type { BenchResult } from "./result.ts";
import { percentile } from "./statistics.ts";

const words = 6;
const lettersOfWord = 10;
/** Between two keys of a person who types fast. */
const pauseMs = 100;

/** Row 18: the palette over the names of a large cluster. A cluster that was filled before saves minutes ($KYMA_BENCH_KUBECONFIG). */
export async function measurePalette(count: number): Promise<BenchResult[]> {
  const size = { pods: count, nodes: 20, namespaces: Math.min(200, Math.ceil(count / 50)) };
  const given = process.env["KYMA_BENCH_KUBECONFIG"];
  const own = given ? undefined : await startControlPlane({ extraControllerManagerArguments: keepsPods });
  const kubeconfig = given ?? own?.kubeconfig ?? "";
  try {
    if (own) {
      const kube = new KubeClient(connect(loadKubeConfig(kubeconfig)));
      await fillCluster(kube, size).finally(() => kube.connection.close());
    }
    const bff = await startBff(kubeconfig);
    try {
      return await typeNames(bff.signInFile, size);
    } finally {
      await bff.stop();
    }
  } finally {
    await own?.stop();
  }
}

async function typeNames(signInFile: string, size: ClusterSize): Promise<BenchResult[]> {
  const { page, origin, close } = await openBrowser(signInFile);
  try {
    await markPaints(page, {});
    await page.goto(`${origin}/kinds`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.keyboard.press("Control+k");
    const input = page.getByRole("combobox", { name: "Go to or do" });
    await input.waitFor();
    // The first search reads all names.
    const first = await keyToPaint(page, "s", isAnswered, "s");
    await input.fill("");
    const times: number[] = [];
    for (let word = 0; word < words; word++) times.push(...(await typeWord(page, endOfName(word, size))));
    return [
      {
        name: `palette over ${size.pods.toLocaleString("en")} pods: key pressed → its results painted, p95`,
        value: percentile(times, 95),
        unit: "ms",
        gate: "≤ 100 ms",
        note: `p50 ${percentile(times, 50).toFixed(0)} ms, worst ${Math.max(...times).toFixed(0)} ms of ${times.length}; the very first, which reads all names, ${first.toFixed(0)} ms`,
      },
    ];
  } finally {
    await close();
  }
}

/** The end of a pod's name, which no other has: what was found for one word does not answer the next. */
function endOfName(word: number, size: ClusterSize): string {
  return podKey(Math.floor((word * size.pods) / words), size).name.slice(-lettersOfWord);
}

async function typeWord(page: Page, text: string): Promise<number[]> {
  const times: number[] = [];
  for (let length = 1; length <= lettersOfWord; length++) {
    await page.waitForTimeout(pauseMs);
    times.push(await keyToPaint(page, text[length - 1] ?? "", isAnswered, text.slice(0, length)));
  }
  await page.getByRole("combobox", { name: "Go to or do" }).fill("");
  return times;
}

/** Is what is listed the answer to what was typed? */
function isAnswered(typed: string): boolean {
  const input = document.querySelector<HTMLInputElement>(".kyma-palette-input");
  const list = document.querySelector("#palette-list");
  const isAnswer = input?.value === typed && list?.getAttribute("aria-busy") === "false";
  return isAnswer && list.querySelector("[role=option]") !== null;
}
