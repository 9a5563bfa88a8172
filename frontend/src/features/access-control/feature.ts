import { lazyCard } from "#resources/lazy-view.tsx";
import type { Feature } from "#resources/feature.ts";

const cards = () => import("./role-cards.tsx");
const rbac = "rbac.authorization.k8s.io";

/** Roles and bindings in words, and who can do what. */
export const accessControlFeature: Feature = {
  navigation: [{ label: "Who can do what", path: () => "/who-can" }],
  quickStarts: [],
  objectCards: [
    {
      kinds: [`roles.${rbac}`, `clusterroles.${rbac}`],
      order: 10,
      fields: ["rules", "aggregationRule"],
      Content: lazyCard(cards, "RoleCard"),
    },
    {
      kinds: [`rolebindings.${rbac}`, `clusterrolebindings.${rbac}`],
      order: 10,
      fields: ["roleRef", "subjects"],
      Content: lazyCard(cards, "BindingCard"),
    },
  ],
};
