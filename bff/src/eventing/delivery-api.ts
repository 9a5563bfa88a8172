import { deliveryGroup, type NatsServerState, type Stream } from "@kyma/eventing/delivery-objects.ts";
import type { ResourceType } from "@kyma/kube/objects.ts";
import type { ListPage } from "./polled.ts";

/** The dispatcher's API, which the API server aggregates; its objects are those of delivery-objects.ts. */
const api = { group: deliveryGroup, version: "v1alpha1" } as const;

const namespaced = (plural: string, kind: string): ResourceType => ({
  ...api,
  plural,
  kind,
  namespaced: true,
});
const ofCluster = (plural: string, kind: string): ResourceType => ({
  ...api,
  plural,
  kind,
  namespaced: false,
});

export const deliveries = namespaced("deliveries", "Delivery");
export const deadLetters = namespaced("deadletters", "DeadLetter");
export const attempts = namespaced("attempts", "Attempt");
export const observedEvents = ofCluster("events", "ObservedEvent");
export const streams = ofCluster("streams", "Stream");

export interface StreamList extends ListPage<Stream> {
  server?: NatsServerState;
}
