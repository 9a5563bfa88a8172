import type { KubeClient } from "@kyma/kube/client.ts";
import type { ComponentsFile } from "../components/components-file.ts";

const cacheMs = 500;

/** Ready once every other component is, and the API server answers. The BFF's own entry cannot wait for itself. */
export function readiness(kube: KubeClient, components: ComponentsFile): () => Promise<boolean> {
  let cached: { at: number; ready: Promise<boolean> } | undefined;
  const ask = async (): Promise<boolean> => {
    const waiting = components.components.some(({ name, state }) => name !== "bff" && state !== "READY");
    if (waiting) return false;
    try {
      const answer = await kube.raw("/readyz", { timeoutMs: 3000, largestAnswer: 64 * 1024 });
      await answer.text();
      return answer.status === 200;
    } catch {
      return false;
    }
  };
  return () => {
    if (!cached || Date.now() - cached.at > cacheMs) cached = { at: Date.now(), ready: ask() };
    return cached.ready;
  };
}
