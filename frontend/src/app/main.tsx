import "@patternfly/react-core/dist/styles/base.css";
import "./console.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { onConnectionLost } from "#api/subscribe.ts";
import { queryClient, refreshSession } from "./query-client.ts";
import { router } from "./router.tsx";

// A lost socket is the first sign of an ended session; asking tells the two apart.
onConnectionLost(() => void refreshSession());

const root = document.querySelector("#root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
