import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { validateListSearch } from "#resources/list/list-search.ts";
import { namespaceRoute } from "#resources/routes.ts";

/** What to expose, as the Function and Service pages hand it over. */
interface CreateSearch {
  service?: string;
  port?: number;
}

const listRoute = createRoute({
  getParentRoute: () => namespaceRoute,
  path: "api-rules",
  validateSearch: validateListSearch,
  component: lazyRouteComponent(() => import("./api-rule-list-page.tsx"), "ApiRuleListPage"),
});

const createApiRuleRoute = createRoute({
  getParentRoute: () => namespaceRoute,
  path: "api-rules/create",
  validateSearch: (search: Record<string, unknown>): CreateSearch => ({
    ...(typeof search["service"] === "string" ? { service: search["service"] } : {}),
    ...(Number.isInteger(Number(search["port"])) && search["port"] !== undefined
      ? { port: Number(search["port"]) }
      : {}),
  }),
  component: lazyRouteComponent(() => import("./api-rule-edit-pages.tsx"), "ApiRuleCreatePage"),
});

const detailRoute = createRoute({
  getParentRoute: () => namespaceRoute,
  path: "api-rules/$name",
  component: lazyRouteComponent(() => import("./api-rule-page.tsx"), "ApiRulePage"),
});

const editRoute = createRoute({
  getParentRoute: () => namespaceRoute,
  path: "api-rules/$name/edit",
  component: lazyRouteComponent(() => import("./api-rule-edit-pages.tsx"), "ApiRuleEditPage"),
});

/** Pages of the feature; the app hangs them below a namespace. */
export const apiRulesRoutes = [listRoute, createApiRuleRoute, detailRoute, editRoute] as const;
