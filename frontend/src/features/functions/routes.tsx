import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { namespaceRoute } from "#resources/routes.ts";

const listRoute = createRoute({
  getParentRoute: () => namespaceRoute,
  path: "functions",
  component: lazyRouteComponent(() => import("./function-list-page.tsx"), "FunctionListPage"),
});

/** Pages of the feature; the app hangs them below a namespace. */
export const functionsRoutes = [listRoute] as const;
