import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { validateListSearch } from "#resources/list/list-search.ts";
import { namespaceRoute } from "#resources/routes.ts";

/** Tabs of the Function page, as in its address. */
const functionTabs = [
  "code",
  "configuration",
  "run",
  "triggers",
  "logs",
  "pods",
  "revisions",
  "yaml",
] as const;
export type FunctionTab = (typeof functionTabs)[number];

const listRoute = createRoute({
  getParentRoute: () => namespaceRoute,
  path: "functions",
  validateSearch: validateListSearch,
  component: lazyRouteComponent(() => import("./function-list-page.tsx"), "FunctionListPage"),
});

const createFunctionRoute = createRoute({
  getParentRoute: () => namespaceRoute,
  path: "functions/create",
  component: lazyRouteComponent(() => import("./create-function-page.tsx"), "CreateFunctionPage"),
});

const detailRoute = createRoute({
  getParentRoute: () => namespaceRoute,
  path: "functions/$name",
  validateSearch: (search: Record<string, unknown>): { tab?: FunctionTab } => {
    const tab = functionTabs.find((known) => known === search["tab"]);
    return tab === undefined ? {} : { tab };
  },
  component: lazyRouteComponent(() => import("./function-page.tsx"), "FunctionPage"),
});

/** Pages of the feature; the app hangs them below a namespace. */
export const functionsRoutes = [listRoute, createFunctionRoute, detailRoute] as const;
