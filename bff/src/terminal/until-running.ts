import type { KubeClient } from "@kyma/kube/client.ts";
import { UnavailableError } from "@kyma/kube/errors.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { pods } from "@kyma/kube/resource-types.ts";

interface Status {
  name: string;
  state?: {
    waiting?: { reason?: string; message?: string };
    running?: object;
    terminated?: { reason?: string; message?: string; exitCode?: number };
  };
}
interface Pod extends KubeObject {
  status?: { containerStatuses?: Status[]; ephemeralContainerStatuses?: Status[] };
}

const mostMs = 120_000;

/** Waits until a container runs, telling what it waits for. Rejects with the reason when it will not. */
export async function untilRunning(
  kube: KubeClient,
  { namespace, pod, container }: { namespace: string; pod: string; container: string },
  signal: AbortSignal,
  tell: (message: string) => void,
): Promise<void> {
  const stop = AbortSignal.any([signal, AbortSignal.timeout(mostMs)]);
  let last = "";
  try {
    const events = kube.watch<Pod>(pods, {
      namespace,
      fieldSelector: `metadata.name=${pod}`,
      sendInitialEvents: true,
      signal: stop,
    });
    for await (const { type, object } of events) {
      if (type === "BOOKMARK") continue;
      if (type === "DELETED") throw new UnavailableError(0, { message: `Pod "${pod}" is gone.` });
      last = check(object, container) ?? "";
      if (last === "") return;
      tell(last);
    }
  } catch (error) {
    if (!stop.aborted || signal.aborted) throw error;
  }
  throw new UnavailableError(0, { message: `Container "${container}" did not start: ${last}` });
}

/** What it waits for; undefined when it runs. Throws when it has ended or cannot be started. */
function check({ status }: Pod, container: string): string | undefined {
  const all = [...(status?.containerStatuses ?? []), ...(status?.ephemeralContainerStatuses ?? [])];
  const { running, terminated, waiting } = all.find(({ name }) => name === container)?.state ?? {};
  if (running) return undefined;
  if (terminated) {
    const how = terminated.message ?? terminated.reason ?? `exit code ${terminated.exitCode ?? "?"}`;
    throw new UnavailableError(0, { message: `Container "${container}" has ended: ${how}` });
  }
  const reason = waiting?.reason ?? "waiting for the node";
  if (/ErrImage|ImagePullBackOff|InvalidImageName|CreateContainer.*Error/.test(reason))
    throw new UnavailableError(0, { message: `${reason}: ${waiting?.message ?? "the image cannot be had"}` });
  return `${reason}${waiting?.message ? `: ${waiting.message}` : ""}`;
}
