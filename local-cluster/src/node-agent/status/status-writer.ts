import type { KubeClient } from "@kyma/kube/client.ts";
import { ConflictError, NotFoundError } from "@kyma/kube/errors.ts";
import { keyOf } from "@kyma/kube/objects.ts";
import { pods } from "@kyma/kube/resource-types.ts";
import { isDeepStrictEqual } from "node:util";
import type { Pod } from "../pods/pod.ts";
import type { WrittenStatus } from "./pod-status.ts";

const firstRetryMs = 200;
const longestRetryMs = 10_000;

/**
 * Writes the status of one pod: at once, only what changed since the last write, and while one write is under way only the newest
 * of those that come meanwhile.
 */
export class StatusWriter {
  readonly #client: KubeClient;
  readonly #onError: (error: Error) => void;
  #pending: { pod: Pod; status: WrittenStatus } | undefined;
  #written: WrittenStatus | undefined;
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(client: KubeClient, onError: (error: Error) => void) {
    this.#client = client;
    this.#onError = onError;
  }

  /** Takes note of the newest status. */
  write(pod: Pod, status: WrittenStatus): void {
    if (isDeepStrictEqual(status, this.#pending?.status ?? this.#written)) return;
    this.#pending = { pod, status };
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** Resolves once everything is written, or the pod is gone. */
  async flush(): Promise<void> {
    await this.#running;
  }

  /** Gives up what could not be written yet. */
  close(): void {
    this.#closed = true;
    this.#pending = undefined;
  }

  async #run(): Promise<void> {
    let delay = firstRetryMs;
    while (this.#pending && !this.#closed) {
      const { pod, status } = this.#pending;
      this.#pending = undefined;
      try {
        // The uid keeps the status of one pod from landing on a later one of the same name.
        const patch = { metadata: { uid: pod.metadata.uid }, status };
        await this.#client.patch(pods, keyOf(pod), patch, {
          type: "merge",
          subresource: "status",
          manager: "node-agent",
        });
        this.#written = status;
        delay = firstRetryMs;
      } catch (error) {
        if (error instanceof NotFoundError || error instanceof ConflictError) return;
        this.#onError(error as Error);
        this.#pending ??= { pod, status };
        await new Promise((resolve) => setTimeout(resolve, delay));
        delay = Math.min(longestRetryMs, delay * 2);
      }
    }
  }
}
