import { createRootRoute, createRoute } from "@tanstack/react-router";

/** The root of all routes; the app gives it the shell. */
export const rootRoute = createRootRoute();

/** Pages that look at one namespace, or at all of them (`-all-`, which is no valid name). Features hang their routes here. */
export const namespaceRoute = createRoute({ getParentRoute: () => rootRoute, path: "namespaces/$ns" });
