import { setTimeout as delay } from "node:timers/promises";
import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { deployments } from "@kyma/kube/resource-types.ts";
import { startEmbedded, type EmbeddedCluster } from "@kyma/local-cluster/testing/embedded.ts";
import type { Page } from "playwright";
import { keepPages, openBrowser } from "./browser.ts";
import { LogTally } from "./log-tally.ts";
import type { BenchResult } from "./result.ts";

const namespace = "default";
const name = "noise";
const pods = 20;
const containers = ["one", "two"];
const linesPerSecond = 5000;
const measuredSeconds = 10;
const startLimitMs = 120_000;

/** Without a process per pause, which would be the larger load. */
const script = `
exec 3<> <(:)
line=0
while :; do
  end=$((line + ${(linesPerSecond / pods / containers.length) * 0.2}))
  while ((line < end)); do echo "line $line of a service that says what it does and how long it took"; ((line += 1)); done
  read -t 0.2 -u 3
done`;

/** The log of a workload that says much, as a browser shows it. */
export async function run(): Promise<BenchResult[]> {
  const cluster = await startEmbedded({ keepPages });
  const kube = new KubeClient(connect(loadKubeConfig(cluster.kubeconfig)));
  try {
    await kube.create(deployments, deployment());
    await untilReady(kube);
    return await watchInBrowser(cluster);
  } finally {
    kube.connection.close();
    await cluster.stop();
  }
}

function deployment(): KubeObject {
  const labels = { app: name };
  const template = {
    metadata: { labels },
    spec: {
      terminationGracePeriodSeconds: 1,
      containers: containers.map((container) => ({
        name: container,
        image: "kyma.local/debug",
        args: ["-c", script],
      })),
    },
  };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace },
    spec: { replicas: pods, selector: { matchLabels: labels }, template },
  } as KubeObject;
}

async function untilReady(kube: KubeClient): Promise<void> {
  const end = performance.now() + startLimitMs;
  for (;;) {
    const { status } = await kube.get<KubeObject & { status?: { readyReplicas?: number } }>(deployments, {
      namespace,
      name,
    });
    if (status?.readyReplicas === pods) return;
    if (performance.now() > end) throw new Error(`${status?.readyReplicas ?? 0} of ${pods} pods are ready`);
    await delay(500);
  }
}

async function watchInBrowser(cluster: EmbeddedCluster): Promise<BenchResult[]> {
  const { page, origin, close } = await openBrowser(`${cluster.dataDir}/console-url`);
  const tally = new LogTally();
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => tally.take(String(payload)));
  });
  try {
    await page.goto(`${origin}/namespaces/${namespace}/resources/apps/v1/deployments/${name}?tab=logs`);
    await page.locator(".kyma-log-row").first().waitFor({ timeout: 30_000 });
    // What was written before comes first.
    await delay(5000);
    const idle = await framesPerSecond(page, "about:blank");
    tally.begin();
    const seen = await framesPerSecond(page);
    const { lines, lost, streams } = tally.end();
    const rate = lines / measuredSeconds;
    return [
      {
        name: `frames in the log viewer, ${pods} pods × ${containers.length} containers`,
        value: seen.frames,
        unit: "fps",
        ratio: seen.frames / idle.frames,
        peer: `an empty page of the same browser: ${idle.frames.toFixed(0)} fps`,
        gate: "≥ 30 fps",
        note: `${rate.toFixed(0)} lines/s of ${streams} containers arrived; longest task ${seen.longest.toFixed(0)} ms`,
      },
      { name: "lines lost or doubled on the way to the page", value: lost, unit: `of ${lines}`, gate: "0" },
    ];
  } finally {
    await close();
  }
}

/** Counts frames of the page, or of a new one with an address. */
async function framesPerSecond(page: Page, address?: string): Promise<{ frames: number; longest: number }> {
  const counted = address === undefined ? page : await page.context().newPage();
  if (address !== undefined) await counted.goto(address);
  await counted.bringToFront();
  const result = await counted.evaluate(async (seconds) => {
    // An empty page has none.
    const tasks = (globalThis.benchNotes as typeof benchNotes | undefined)?.tasks ?? [];
    tasks.length = 0;
    const began = performance.now();
    let frames = 0;
    while (performance.now() - began < seconds * 1000) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      frames += 1;
    }
    return { frames: frames / seconds, longest: Math.max(0, ...tasks) };
  }, measuredSeconds);
  if (counted !== page) await counted.close();
  await page.bringToFront();
  return result;
}
