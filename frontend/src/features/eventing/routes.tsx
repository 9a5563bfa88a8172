import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { validateListSearch } from "#resources/list/list-search.ts";
import { namespaceRoute } from "#resources/routes.ts";

/** What a new Subscription, or a test event, begins with, as other pages hand it over. */
interface SubscriptionSearch {
  sink?: string;
  source?: string;
  type?: string;
}

function subscriptionSearch(search: Record<string, unknown>): SubscriptionSearch {
  const found: SubscriptionSearch = {};
  for (const key of ["sink", "source", "type"] as const) {
    const value = search[key];
    if (typeof value === "string") found[key] = value;
  }
  return found;
}

const listRoute = createRoute({
  getParentRoute: () => namespaceRoute,
  path: "subscriptions",
  validateSearch: validateListSearch,
  component: lazyRouteComponent(() => import("./subscription-list-page.tsx"), "SubscriptionListPage"),
});

const createSubscriptionRoute = createRoute({
  getParentRoute: () => namespaceRoute,
  path: "subscriptions/create",
  validateSearch: subscriptionSearch,
  component: lazyRouteComponent(() => import("./create-subscription-page.tsx"), "CreateSubscriptionPage"),
});

const detailRoute = createRoute({
  getParentRoute: () => namespaceRoute,
  path: "subscriptions/$name",
  component: lazyRouteComponent(() => import("./subscription-page.tsx"), "SubscriptionPage"),
});

/** Tabs of the eventing page, as in its address. */
const eventingTabs = ["overview", "live", "dead-letters"] as const;
export type EventingTab = (typeof eventingTabs)[number];

const eventingRoute = createRoute({
  getParentRoute: () => namespaceRoute,
  path: "eventing",
  validateSearch: (search: Record<string, unknown>): { tab?: EventingTab } => {
    const tab = eventingTabs.find((known) => known === search["tab"]);
    return tab === undefined || tab === "overview" ? {} : { tab };
  },
  component: lazyRouteComponent(() => import("./eventing-page.tsx"), "EventingPage"),
});

const testEventRoute = createRoute({
  getParentRoute: () => namespaceRoute,
  path: "eventing/test",
  validateSearch: subscriptionSearch,
  component: lazyRouteComponent(() => import("./test-event-page.tsx"), "TestEventPage"),
});

/** Pages of the feature; the app hangs them below a namespace. */
export const eventingRoutes = [
  listRoute,
  createSubscriptionRoute,
  detailRoute,
  eventingRoute,
  testEventRoute,
] as const;
