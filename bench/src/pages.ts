import { setTimeout as delay } from "node:timers/promises";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KubeProxy } from "@kyma/bff/testing/kube-proxy.ts";
import { createLargeDeployment, rawBytes } from "@kyma/e2e/large-deployment.ts";
import { watchTraffic } from "@kyma/e2e/page-traffic.ts";
import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { customResourceDefinitions, pods } from "@kyma/kube/resource-types.ts";
import { startEmbedded } from "@kyma/local-cluster/testing/embedded.ts";
import { startBff, type BffProcess } from "./bff-process.ts";
import { keepPages, openBrowser } from "./browser.ts";
import { keyToPaint, markPaints, paintOf } from "./page-marks.ts";
import { measurePalette } from "./palette.ts";
import type { BenchOptions, BenchResult } from "./result.ts";
import { percentile } from "./statistics.ts";

const namespace = "default";
const settledMs = 3000;
const keysTyped = 120;
const loads = 5;

/** Pages of objects, editor, terminal, rights and palette, as a browser shows them. */
export async function run({ pods: count = 2000 }: BenchOptions): Promise<BenchResult[]> {
  const cluster = await startEmbedded({ keepPages });
  const kube = new KubeClient(connect(loadKubeConfig(cluster.kubeconfig)));
  const results: BenchResult[] = [];
  try {
    await createLargeDeployment(kube, namespace);
    await createInvalidObject(kube);
    await throughProxy(cluster.kubeconfig, async (bff, upstream) => {
      results.push(...(await deploymentPage(bff, kube)));
      results.push(...(await yamlEditor(bff, upstream)));
      results.push(...(await myAccess(bff, upstream)));
    });
    results.push(await terminal(join(cluster.dataDir, "console-url"), kube));
  } finally {
    kube.connection.close();
    await cluster.stop();
  }
  return [...results, ...(await measurePalette(count))];
}

/** A console whose every request to the API server is seen. */
async function throughProxy(
  kubeconfig: string,
  work: (bff: BffProcess, upstream: KubeProxy) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "kyma-bench-proxy-"));
  const upstream = new KubeProxy(kubeconfig);
  const { server } = await upstream.listen();
  const file = join(directory, "kubeconfig");
  const named = { name: "seen" };
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ ...named, cluster: { server } }],
    users: [{ ...named, user: {} }],
    contexts: [{ ...named, context: { cluster: "seen", user: "seen" } }],
    "current-context": "seen",
  };
  await writeFile(file, JSON.stringify(config));
  try {
    const bff = await startBff(file);
    try {
      await work(bff, upstream);
    } finally {
      await bff.stop();
    }
  } finally {
    upstream.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Row 16: what the first tab of a Deployment with three ReplicaSets and ten pods receives. */
async function deploymentPage(bff: BffProcess, kube: KubeClient): Promise<BenchResult[]> {
  const { page, origin, close } = await openBrowser(bff.signInFile);
  try {
    await markPaints(page, { pods: "table[aria-label='Pods'] tbody tr" });
    await page.goto(`${origin}/namespaces/${namespace}/resources/apps/v1/deployments/shop`);
    await paintOf(page, "pods");
    const traffic = watchTraffic(page);
    await page.reload();
    const painted = await paintOf(page, "pods");
    await delay(settledMs);
    const received = traffic.bytesOf("ObjectPage");
    const raw = await rawBytes(kube, namespace);
    const subscriptions = traffic.subscriptions.filter((name) => name !== "Components");
    const http = traffic.http.filter((name) => !["Session", "ApiResources"].includes(name));
    return [
      {
        name: "bytes of a Deployment's page: 3 ReplicaSets, 10 pods, Events",
        value: (100 * received) / raw,
        unit: "% of raw",
        gate: "≤ 20 %",
        note: `${(received / 1000).toFixed(1)} KB of ${(raw / 1000).toFixed(1)} KB; subscriptions ${subscriptions.join(", ")}; requests ${http.join(", ")} (besides those of the shell)`,
      },
      { name: "its pods painted after a reload", value: painted, unit: "ms" },
    ];
  } finally {
    await close();
  }
}

const group = "bench.example.com";
const sizes = { group, version: "v1", plural: "sizes", kind: "Size", namespaced: true };

/** An object that its kind's schema allows no more: an editor has something to say about it. */
async function createInvalidObject(kube: KubeClient): Promise<void> {
  const definition = (most: number) => ({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `sizes.${group}` },
    spec: {
      group,
      scope: "Namespaced",
      names: { plural: "sizes", singular: "size", kind: "Size", listKind: "SizeList" },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: "object",
              properties: {
                spec: { type: "object", properties: { amount: { type: "integer", maximum: most } } },
              },
            },
          },
        },
      ],
    },
  });
  await kube.create(customResourceDefinitions, definition(10));
  const size = { apiVersion: `${group}/v1`, kind: "Size", metadata: { name: "large", namespace } };
  await until(async () => {
    await kube.create(sizes, { ...size, spec: { amount: 9 } } as KubeObject);
    return true;
  });
  const { name } = definition(1).metadata;
  await kube.patch(customResourceDefinitions, { name }, definition(1), { type: "merge" });
  await until(async () => {
    const answer = await kube.raw(`/openapi/v3/apis/${group}/v1`);
    return /"maximum":1[,}]/.test(await answer.text());
  });
}

/** Row 24: a visit to the YAML of an object whose kind nobody has edited before, and then again. */
async function yamlEditor(bff: BffProcess, upstream: KubeProxy): Promise<BenchResult[]> {
  const documents = () => upstream.seen.filter(({ url }) => url.startsWith("/openapi/v3/")).length;
  const before = documents();
  const { page, origin, close } = await openBrowser(bff.signInFile);
  try {
    const path = `${origin}/namespaces/${namespace}/resources/${group}/v1/sizes/large?tab=yaml`;
    await markPaints(page, {
      editor: ".monaco-editor .view-line span",
      validated: ".squiggly-error, .squiggly-warning",
    });
    await page.goto(path);
    await paintOf(page, "validated");
    const fetched = documents() - before;
    const waits: number[] = [];
    for (let load = 0; load < loads; load++) {
      await page.goto("about:blank");
      await page.goto(path);
      waits.push((await paintOf(page, "validated")) - (await paintOf(page, "editor")));
    }
    return [
      {
        name: "OpenAPI documents that opening a YAML editor fetches",
        value: fetched,
        unit: "documents",
        gate: "≤ 3",
      },
      {
        name: "YAML editor shown → first validation painted, worst of 5 loads",
        value: Math.max(...waits),
        unit: "ms",
        gate: "≤ 400 ms",
        note: waits.map((ms) => ms.toFixed(0)).join(", "),
      },
    ];
  } finally {
    await close();
  }
}

/** Row 13: the page of one's rights in a namespace. */
async function myAccess(bff: BffProcess, upstream: KubeProxy): Promise<BenchResult[]> {
  const { page, origin, close } = await openBrowser(bff.signInFile);
  try {
    const path = `${origin}/namespaces/${namespace}/access`;
    await markPaints(page, { rights: "table[aria-label='Rights'] tbody tr" });
    await page.goto(path);
    await paintOf(page, "rights");
    const reviews = () => upstream.seen.filter(({ url }) => url.includes("/selfsubjectrulesreviews")).length;
    const before = reviews();
    const times: number[] = [];
    for (let load = 0; load < loads; load++) {
      await page.goto("about:blank");
      await page.goto(path);
      times.push(await paintOf(page, "rights"));
    }
    return [
      {
        name: "My access: navigation → matrix painted, scripts cached, worst of 5",
        value: Math.max(...times),
        unit: "ms",
        gate: "≤ 1,000 ms",
        note: times.map((ms) => ms.toFixed(0)).join(", "),
      },
      {
        name: "SelfSubjectRulesReviews of one visit",
        value: (reviews() - before) / loads,
        unit: "reviews",
        gate: "1",
      },
    ];
  } finally {
    await close();
  }
}

/** Row 12: from a key's press to the painted echo of the shell. */
async function terminal(signInFile: string, kube: KubeClient): Promise<BenchResult> {
  const { page, origin, close } = await openBrowser(signInFile);
  try {
    const { items } = await kube.list(pods, { namespace, labelSelector: "app=shop" });
    const name = items[0]?.metadata.name ?? "";
    await markPaints(page, {});
    await page.goto(`${origin}/namespaces/${namespace}/resources/core/v1/pods/${name}?tab=terminal`);
    await page.locator(".xterm-rows").filter({ hasText: /[#$]/ }).waitFor({ timeout: 30_000 });
    await page.locator(".xterm-helper-textarea").focus();
    const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
    const times: number[] = [];
    for (let typed = ""; times.length < keysTyped;) {
      const letter = letters[typed.length % letters.length] ?? "";
      typed += letter;
      times.push(await keyToPaint(page, letter, showsInTerminal, typed));
      if (typed.length < 30) continue;
      typed = "";
      await page.keyboard.press("Control+u");
      await page.waitForFunction(() => !document.querySelector(".xterm-rows")?.textContent.includes("abc"));
    }
    return {
      name: "terminal: key pressed → echo painted, p95",
      value: percentile(times, 95),
      unit: "ms",
      gate: "≤ 150 ms",
      note: `p50 ${percentile(times, 50).toFixed(0)} ms, worst ${Math.max(...times).toFixed(0)} ms of ${times.length}`,
    };
  } finally {
    await close();
  }
}

function showsInTerminal(typed: string): boolean {
  return document.querySelector(".xterm-rows")?.textContent.includes(typed) ?? false;
}

/** Until it neither fails nor is false. */
async function until(done: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await done().catch(() => false))) {
    if (performance.now() > end) throw new Error("it did not happen within 60 s");
    await delay(100);
  }
}
