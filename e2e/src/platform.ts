import { startEmbedded } from "@kyma/local-cluster/testing/embedded.ts";

/** Starts the embedded default before the first spec and stops it after the last; specs find it through the environment. */
export default async function platform(): Promise<() => Promise<void>> {
  const cluster = await startEmbedded({ limitMs: 15 * 60_000 });
  process.env["KYMA_E2E_DATA_DIR"] = cluster.dataDir;
  process.env["KYMA_E2E_GATEWAY_PORT"] = String(cluster.gatewayPort);
  return () => cluster.stop();
}
