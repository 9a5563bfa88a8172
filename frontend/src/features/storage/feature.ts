import { lazyCard } from "#resources/lazy-view.tsx";
import type { Feature } from "#resources/feature.ts";

const cards = () => import("./storage-cards.tsx");

/** Volumes, the claims on them and their classes. */
export const storageFeature: Feature = {
  navigation: [],
  quickStarts: [],
  objectCards: [
    {
      kinds: ["persistentvolumeclaims"],
      order: 10,
      fields: ["spec", "status"],
      Content: lazyCard(cards, "ClaimCard"),
    },
    { kinds: ["persistentvolumes"], order: 10, fields: ["spec"], Content: lazyCard(cards, "VolumeCard") },
    {
      kinds: ["storageclasses.storage.k8s.io"],
      order: 10,
      fields: ["provisioner", "reclaimPolicy", "volumeBindingMode", "allowVolumeExpansion", "parameters"],
      Content: lazyCard(cards, "StorageClassCard"),
    },
  ],
};
