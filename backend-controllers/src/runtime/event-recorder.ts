import type { KubeClient } from "@kyma/kube/client.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { events } from "@kyma/kube/resource-types.ts";
import type { Logger } from "./logger.ts";

export interface EventText {
  type: "Normal" | "Warning";
  /** CamelCase, for machines. */
  reason: string;
  /** A sentence; cut at the 1,024 characters that the API allows. */
  message: string;
}

/** Writes Kubernetes Events about objects. Events are a courtesy: a failure is logged and nothing else. */
export class EventRecorder {
  readonly #client: KubeClient;
  readonly #component: string;
  #sequence = 0;

  /** `component` is the controller's name as `kubectl describe` shows it. */
  constructor(client: KubeClient, component: string) {
    this.#client = client;
    this.#component = component;
  }

  async record(about: KubeObject, text: EventText, log: Logger): Promise<void> {
    const { name, namespace = "default", uid, resourceVersion } = about.metadata;
    const now = new Date();
    const unique = `${now.getTime().toString(16)}${(this.#sequence++ & 0xffff).toString(16).padStart(4, "0")}`;
    const timestamp = now.toISOString().replace(/\.\d+Z$/, "Z");
    const event = {
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: `${name.slice(0, 200)}.${unique}`, namespace },
      involvedObject: {
        apiVersion: about.apiVersion,
        kind: about.kind,
        name,
        namespace,
        uid,
        resourceVersion,
      },
      type: text.type,
      reason: text.reason,
      message: text.message.slice(0, 1024),
      source: { component: this.#component },
      reportingComponent: this.#component,
      reportingInstance: this.#component,
      firstTimestamp: timestamp,
      lastTimestamp: timestamp,
      count: 1,
    };
    try {
      await this.#client.create(events, event);
    } catch (error) {
      log.warn({ err: error, reason: text.reason }, "the Event could not be written");
    }
  }
}
