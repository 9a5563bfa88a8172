import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../routes.ts";

/** The page that creates anything from YAML. */
export const uploadRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "upload",
  validateSearch: (search): { kind?: string; namespace?: string } => ({
    ...(typeof search["kind"] === "string" ? { kind: search["kind"] } : {}),
    ...(typeof search["namespace"] === "string" ? { namespace: search["namespace"] } : {}),
  }),
  component: lazyRouteComponent(() => import("./upload-page.tsx"), "UploadPage"),
});
