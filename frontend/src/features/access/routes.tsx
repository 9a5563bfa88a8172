import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { namespaceRoute } from "#resources/routes.ts";

const accessTabs = ["namespace", "cluster", "ask"] as const;
/** Tabs of the page, as in its address. */
export type AccessTab = (typeof accessTabs)[number];

const accessRoute = createRoute({
  getParentRoute: () => namespaceRoute,
  path: "access",
  validateSearch: (search: Record<string, unknown>): { view?: AccessTab } => {
    const tab = accessTabs.find((known) => known === search["view"]);
    return tab === undefined ? {} : { view: tab };
  },
  component: lazyRouteComponent(() => import("./my-access-page.tsx"), "MyAccessPage"),
});

/** Pages of the feature; the app hangs them below a namespace. */
export const accessRoutes = [accessRoute] as const;
