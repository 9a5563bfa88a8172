import { subscriptions } from "@kyma/crds/resource-types.ts";
import { kindKey } from "@kyma/kube/resource-types.ts";
import type { ObjectPart } from "../resources/page-part.ts";
import { deliverySource } from "./delivery-source.ts";

/** How the events of a Subscription are delivered. */
export const deliveryPart: ObjectPart = {
  field: "delivery",
  value({ type, object, namespace = "", name, follow }) {
    if (!object || kindKey(type) !== kindKey(subscriptions)) return null;
    const polled = follow(deliverySource(namespace, name)).entries.get("");
    if (!polled) return undefined;
    const { value, problem, staleSince } = polled;
    return {
      state: value ?? null,
      staleSince: staleSince === undefined ? null : new Date(staleSince).toISOString(),
      problem: problem ?? null,
    };
  },
};
