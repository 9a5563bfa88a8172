import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "#resources/routes.ts";

export const accessControlRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "who-can",
    component: lazyRouteComponent(() => import("./who-can-page.tsx"), "WhoCanPage"),
  }),
] as const;
