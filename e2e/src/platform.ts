import { startEmbedded } from "@kyma/local-cluster/testing/embedded.ts";

/**
 * Starts the embedded default before the first spec and stops it after the last; specs find it through the environment. With
 * $KYMA_E2E_RUNNING (a data folder) they use one that runs already.
 */
export default async function platform(): Promise<() => Promise<void>> {
  const running = process.env["KYMA_E2E_RUNNING"];
  if (running) {
    process.env["KYMA_E2E_DATA_DIR"] = running;
    process.env["KYMA_E2E_GATEWAY_PORT"] ??= "8080";
    return () => Promise.resolve();
  }
  const cluster = await startEmbedded({ limitMs: 15 * 60_000 });
  process.env["KYMA_E2E_DATA_DIR"] = cluster.dataDir;
  process.env["KYMA_E2E_GATEWAY_PORT"] = String(cluster.gatewayPort);
  return () => cluster.stop();
}
