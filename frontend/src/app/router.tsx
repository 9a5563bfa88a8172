import { createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { accessRoutes } from "#features/access/routes.tsx";
import { accessControlRoutes } from "#features/access-control/routes.tsx";
import { apiRulesRoutes } from "#features/api-rules/routes.tsx";
import { eventingRoutes } from "#features/eventing/routes.tsx";
import { functionsRoutes } from "#features/functions/routes.tsx";
import { uploadRoute } from "#resources/editor/routes.ts";
import { clusterResourceRoutes, namespacedResourceRoutes } from "#resources/resource-routes.tsx";
import { lastNamespace } from "#resources/namespace-scope.ts";
import { namespaceRoute, rootRoute } from "#resources/routes.ts";
import { Loading } from "#ui/loading.tsx";
import { takePlace } from "./place-before-sign-in.ts";
import { NotFoundPage, RouteError } from "./route-error.tsx";
import { Shell } from "./shell.tsx";

rootRoute.update({ component: Shell, notFoundComponent: NotFoundPage });

const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  beforeLoad: () => {
    const place = takePlace();
    if (place !== undefined) throw redirect({ href: place });
    throw redirect({ to: "/namespaces/$ns", params: { ns: lastNamespace() } });
  },
});

const overviewRoute = createRoute({
  getParentRoute: () => namespaceRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./overview/overview-page.tsx"), "OverviewPage"),
});

const kindsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "kinds",
  component: lazyRouteComponent(() => import("./kinds-page.tsx"), "KindsPage"),
});

// A feature adds its routes to this list and its navigation to features.ts; nothing else knows it.
const routeTree = rootRoute.addChildren([
  startRoute,
  kindsRoute,
  ...accessControlRoutes,
  uploadRoute,
  ...clusterResourceRoutes,
  namespaceRoute.addChildren([
    overviewRoute,
    ...namespacedResourceRoutes,
    ...functionsRoutes,
    ...apiRulesRoutes,
    ...eventingRoutes,
    ...accessRoutes,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  // Sets of namespaces stand in addresses as a,b.
  pathParamsAllowedCharacters: [","],
  defaultErrorComponent: RouteError,
  defaultPendingComponent: () => <Loading what="the page" />,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
