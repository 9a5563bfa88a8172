import { lazyCard, lazyView } from "#resources/lazy-view.tsx";
import type { AccessNeed } from "#resources/access.ts";
import type { Feature, ObjectView } from "#resources/feature.ts";
import { serviceUrl } from "#resources/service-url.ts";
import { subscriptionLook } from "./subscription-list.tsx";

const kinds = ["subscriptions.eventing.kyma-project.io"];
const cards = () => import("./subscription-cards.tsx");

function createNeed({ object }: ObjectView): AccessNeed[] {
  const { namespace } = object.metadata;
  return [{ verb: "create", group: "eventing.kyma-project.io", resource: "subscriptions", namespace }];
}

/** The address of a page that begins with this Service or Function as sink. */
function pathWithSink(page: string): (view: ObjectView) => string {
  return ({ object: { metadata, ...service } }) => {
    const { ports = [] } = (service as { spec?: { ports?: { port: number }[] } }).spec ?? {};
    const sink = serviceUrl(metadata.namespace ?? "", metadata.name, ports[0]?.port);
    return `/namespaces/${metadata.namespace}/${page}?sink=${encodeURIComponent(sink)}`;
  };
}

/** Subscriptions, events, and what could not be delivered. */
export const eventingFeature: Feature = {
  navigation: [
    { label: "Eventing", path: (ns) => `/namespaces/${ns}/eventing` },
    { label: "Subscriptions", path: (ns) => `/namespaces/${ns}/subscriptions` },
  ],
  quickStarts: [
    {
      title: "React to events",
      text: "Subscribe a Function or Service to events, send a test event, and see what it answers.",
      action: "Create a Subscription",
      path: (ns) => `/namespaces/${ns}/subscriptions/create`,
    },
  ],
  lists: [subscriptionLook],
  objectCards: [
    { kinds, order: 5, Content: lazyCard(() => import("./delivery-card.tsx"), "DeliveryCard") },
    { kinds, order: 10, fields: ["spec", "status"], Content: lazyCard(cards, "FlowCard") },
    { kinds, order: 20, fields: ["spec"], Content: lazyCard(cards, "SettingsCard") },
  ],
  objectTabs: [
    {
      kinds,
      key: "edit",
      title: "Edit",
      order: 10,
      Content: lazyCard(() => import("./form-tab.tsx"), "FormTab"),
    },
    {
      kinds,
      key: "dead-letters",
      title: "Dead letters",
      order: 20,
      Content: lazyCard(() => import("./dead-letters-tab.tsx"), "DeadLettersTab"),
    },
    {
      kinds,
      key: "attempts",
      title: "Attempts",
      order: 30,
      Content: lazyCard(() => import("./attempts-tab.tsx"), "AttemptsTab"),
    },
  ],
  objectCommands: [
    {
      kinds: ["services", "functions.serverless.kyma-project.io"],
      key: "subscribe",
      fields: ["spec.ports"],
      label: () => "Subscribe to an event",
      needs: createNeed,
      path: pathWithSink("subscriptions/create"),
    },
    {
      kinds: ["functions.serverless.kyma-project.io"],
      key: "test-event",
      fields: ["spec.ports"],
      label: () => "Send a test event",
      needs: () => [],
      path: pathWithSink("eventing/test"),
    },
    {
      kinds,
      key: "test-event",
      fields: ["spec"],
      label: () => "Send a test event",
      needs: () => [],
      Dialog: lazyView("the form", async () => (await import("./test-event-dialog.tsx")).TestEventDialog),
    },
  ],
};
