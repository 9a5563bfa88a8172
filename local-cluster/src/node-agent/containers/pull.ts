import { setTimeout as delay } from "node:timers/promises";
import { foreignImage, type Image, type ImageTable } from "../images/image.ts";
import type { Occurrence } from "../events/correlation.ts";
import { delayText } from "./backoff.ts";

/** A pull that failed; `reason` is what the container waits for. */
export class PullError extends Error {
  readonly reason: "ErrImagePull" | "ErrImageNeverPull";
  constructor(reason: "ErrImagePull" | "ErrImageNeverPull", message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Brings the image here if it is not, telling of it as a kubelet does. Throws PullError. */
export async function pullImage(
  reference: string,
  policy: string | undefined,
  images: ImageTable,
  tell: (occurrence: Pick<Occurrence, "type" | "reason" | "message">) => void,
): Promise<Image> {
  const source = images.find(reference);
  if (!source) throw pullFailed(reference, foreignImage(reference), tell);
  const present = await source.present();
  if (present) {
    tell({
      type: "Normal",
      reason: "Pulled",
      message: `Container image "${reference}" already present on machine`,
    });
    return present;
  }
  if (policy === "Never") {
    const message = `Container image "${reference}" is not present with pull policy of Never`;
    tell({ type: "Warning", reason: "ErrImageNeverPull", message });
    throw new PullError("ErrImageNeverPull", message);
  }
  tell({ type: "Normal", reason: "Pulling", message: `Pulling image "${reference}"` });
  const began = Date.now();
  try {
    const image = await source.pull();
    const took = ((Date.now() - began) / 1000).toFixed(1);
    tell({
      type: "Normal",
      reason: "Pulled",
      message: `Successfully pulled image "${reference}" in ${took}s`,
    });
    return image;
  } catch (error) {
    throw pullFailed(reference, (error as Error).message, tell);
  }
}

function pullFailed(
  reference: string,
  message: string,
  tell: (occurrence: Pick<Occurrence, "type" | "reason" | "message">) => void,
): PullError {
  tell({ type: "Warning", reason: "Failed", message: `Failed to pull image "${reference}": ${message}` });
  tell({ type: "Warning", reason: "Failed", message: "Error: ErrImagePull" });
  return new PullError("ErrImagePull", message);
}

/** What a container waits for once its pull has failed and the next try is due only after `ms`. */
export function pullBackoff(reference: string, message: string): { reason: string; message: string } {
  return { reason: "ImagePullBackOff", message: `Back-off pulling image "${reference}": ${message}` };
}

/** What a container waits for between two starts. */
export function crashBackoff(
  container: string,
  pod: string,
  ms: number,
): { reason: string; message: string } {
  return {
    reason: "CrashLoopBackOff",
    message: `back-off ${delayText(ms)} restarting failed container=${container} pod=${pod}`,
  };
}

/** Resolves true when `promise` settles within `ms`. */
export async function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const late = new AbortController();
  const timeout = delay(ms, false, { signal: late.signal }).catch(() => false);
  const settled = await Promise.race([
    promise.then(
      () => true,
      () => true,
    ),
    timeout,
  ]);
  late.abort();
  return settled;
}
