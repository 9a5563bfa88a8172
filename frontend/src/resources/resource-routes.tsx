import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { validateListSearch } from "./list/list-search.ts";
import { namespaceRoute, rootRoute } from "./routes.ts";

const ListPage = lazyRouteComponent(() => import("./resource-list-page.tsx"), "ResourceListPage");
const DetailPage = lazyRouteComponent(() => import("./resource-page.tsx"), "ResourcePage");

/** Pages of any namespaced kind. */
export const namespacedResourceRoutes = [
  createRoute({
    getParentRoute: () => namespaceRoute,
    path: "resources/$group/$version/$plural",
    validateSearch: validateListSearch,
    component: ListPage,
  }),
  createRoute({
    getParentRoute: () => namespaceRoute,
    path: "resources/$group/$version/$plural/$name",
    component: DetailPage,
  }),
] as const;

/** Pages of any cluster-scoped kind. */
export const clusterResourceRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "cluster/$group/$version/$plural",
    validateSearch: validateListSearch,
    component: ListPage,
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "cluster/$group/$version/$plural/$name",
    component: DetailPage,
  }),
] as const;
