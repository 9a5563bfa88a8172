import { useNavigate } from "@tanstack/react-router";
import type { KindType } from "#resources/kinds.ts";
import { listPath } from "#resources/kinds.ts";
import { useNamespaceScope } from "#resources/namespace-scope.ts";
import { eventType, podType, serviceType } from "#resources/well-known-types.ts";
import { useShortcut } from "#ui/shortcuts.ts";

const deployments: KindType = { group: "apps", version: "v1", plural: "deployments" };
const nodes: KindType = { group: "", version: "v1", plural: "nodes" };

/** Keys that work on every page. */
export function useGlobalShortcuts({ help, sidebar }: { help: () => void; sidebar: () => void }): void {
  const { ns } = useNamespaceScope();
  const navigate = useNavigate();
  const to = (path: string) => () => void navigate({ href: path });
  useShortcut("?", "Show the keyboard shortcuts", help);
  useShortcut("[", "Open or close the navigation", sidebar);
  useShortcut("g o", "Go to the overview", to(`/namespaces/${ns}`));
  useShortcut("g f", "Go to Functions", to(`/namespaces/${ns}/functions`));
  useShortcut("g a", "Go to API Rules", to(`/namespaces/${ns}/api-rules`));
  useShortcut("g d", "Go to Deployments", to(listPath(deployments, ns)));
  useShortcut("g p", "Go to Pods", to(listPath(podType, ns)));
  useShortcut("g s", "Go to Services", to(listPath(serviceType, ns)));
  useShortcut("g e", "Go to Events", to(listPath(eventType, ns)));
  useShortcut("g n", "Go to Nodes", to(listPath(nodes, undefined)));
}
