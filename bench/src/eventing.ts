/**
 * Events from end to end: publishing and delivering on a real nats-server that waits for the disk, the cost of a CloudEvent, the way to a
 * Function on a whole local cluster, and memory. $BENCH_PARTS (publish,latency,delivery,codec,function,memory) runs just some.
 */
import { startControlPlane } from "@kyma/local-cluster/testing/control-plane.ts";
import { codecCosts } from "./eventing-codec.ts";
import { deliveryRates } from "./eventing-delivery.ts";
import { functionLatency } from "./eventing-function.ts";
import { memory } from "./eventing-memory.ts";
import { publishLatency, publishRates } from "./eventing-publish.ts";
import type { BenchOptions, BenchResult } from "./result.ts";

const chosen = process.env["BENCH_PARTS"]?.split(",");

export async function run({ minutes = 1 }: BenchOptions): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  const part = async (name: string, measure: () => BenchResult[] | Promise<BenchResult[]>): Promise<void> => {
    if (chosen && !chosen.includes(name)) return;
    console.log(name);
    results.push(...(await measure()));
  };
  await part("codec", codecCosts);
  const controlPlane = await startControlPlane();
  const { kubeconfig } = controlPlane;
  try {
    await part("publish", () => publishRates(kubeconfig));
    await part("latency", () => publishLatency(kubeconfig, minutes));
    await part("delivery", () => deliveryRates(kubeconfig));
    await part("memory", () => memory(kubeconfig));
  } finally {
    await controlPlane.stop();
  }
  await part("function", functionLatency);
  return results;
}
