import type { KubeClient } from "@kyma/kube/client.ts";
import { NotFoundError } from "@kyma/kube/errors.ts";
import { events } from "@kyma/kube/resource-types.ts";
import { randomBytes } from "node:crypto";
import type { Pod } from "../pods/pod.ts";
import { timeText } from "../status/container-status.ts";
import { type Counted, EventCorrelator, type Occurrence } from "./correlation.ts";

const longestMessage = 1024;
const mostWaiting = 1000;

/** Writes Events about pods, in order, beside the work itself: a slow API server delays no pod. */
export class EventRecorder {
  readonly #client: KubeClient;
  readonly #host: string;
  readonly #onError: (error: Error) => void;
  readonly #correlator = new EventCorrelator();
  #queue: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(client: KubeClient, host: string, onError: (error: Error) => void) {
    this.#client = client;
    this.#host = host;
    this.#onError = onError;
  }

  /** Records that this happened to the pod, now. */
  record(pod: Pod, occurrence: Occurrence): void {
    const cut = { ...occurrence, message: occurrence.message.slice(0, longestMessage) };
    const newName = (): string => `${pod.metadata.name}.${randomBytes(8).toString("hex")}`;
    const counted = this.#correlator.count(pod.metadata.uid ?? "", cut, newName, Date.now());
    if (!counted || this.#waiting >= mostWaiting) return;
    this.#waiting += 1;
    this.#queue = this.#queue
      .then(() => this.#write(pod, cut, counted))
      .catch((error: unknown) => {
        this.#correlator.forget(counted.eventName);
        this.#onError(error as Error);
      })
      .finally(() => {
        this.#waiting -= 1;
      });
  }

  /** Resolves once everything recorded so far is written or given up. */
  async flush(): Promise<void> {
    await this.#queue;
  }

  async #write(pod: Pod, occurrence: Occurrence, counted: Counted): Promise<void> {
    const namespace = pod.metadata.namespace ?? "default";
    if (counted.count === 1) {
      await this.#client.create(events, this.#event(pod, occurrence, counted));
      return;
    }
    const patch = { count: counted.count, lastTimestamp: timeText(counted.last) };
    try {
      await this.#client.patch(events, { namespace, name: counted.eventName }, patch, { type: "merge" });
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      // The API server keeps Events for an hour only.
      await this.#client.create(events, this.#event(pod, occurrence, counted));
    }
  }

  #event(pod: Pod, occurrence: Occurrence, counted: Counted) {
    const { name, namespace = "default", uid, resourceVersion } = pod.metadata;
    const { type, reason, message, fieldPath } = occurrence;
    return {
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: counted.eventName, namespace },
      involvedObject: {
        apiVersion: "v1",
        kind: "Pod",
        name,
        namespace,
        uid,
        resourceVersion,
        ...(fieldPath ? { fieldPath } : {}),
      },
      type,
      reason,
      message,
      count: counted.count,
      firstTimestamp: timeText(counted.first),
      lastTimestamp: timeText(counted.last),
      source: { component: "kubelet", host: this.#host },
      reportingComponent: "kubelet",
      reportingInstance: this.#host,
    };
  }
}
