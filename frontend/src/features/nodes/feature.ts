import { cordonNode } from "#api/workloads.ts";
import type { AccessNeed } from "#resources/access.ts";
import { changeDialog } from "#resources/change-dialog.tsx";
import type { Feature, ObjectCommand, ObjectView } from "#resources/feature.ts";
import { lazyView } from "#resources/lazy-view.tsx";

const NodeCard = lazyView<ObjectView>("the node", async () => (await import("./node-card.tsx")).NodeCard);
const NodePods = lazyView<ObjectView>("pods", async () => (await import("./node-card.tsx")).NodePods);
const NodeFacts = lazyView<ObjectView>("the node", async () => (await import("./node-card.tsx")).NodeFacts);
const DrainDialog = lazyView<ObjectView & { onClose: () => void }>(
  "the pods of the node",
  async () => (await import("./drain-dialog.tsx")).DrainDialog,
);

const kinds = ["nodes"];

function patchNode({ object }: ObjectView): AccessNeed {
  return { verb: "patch", group: "", resource: "nodes", name: object.metadata.name };
}

/** Where spec is not known, as in rows of lists, both ways are offered. */
function isCordoned({ object }: ObjectView): boolean | undefined {
  const spec = object["spec"] as { unschedulable?: boolean } | undefined;
  return spec && spec.unschedulable === true;
}

const CordonDialog = changeDialog({
  title: ({ object }) => `Cordon ${object.metadata.name}?`,
  action: "Cordon",
  text: "The node takes no new pods. Those that run on it go on.",
  attempt: ({ object }, dryRun) => cordonNode(object.metadata.name, true, dryRun),
});
const UncordonDialog = changeDialog({
  title: ({ object }) => `Uncordon ${object.metadata.name}?`,
  action: "Uncordon",
  text: "The node takes new pods again.",
  attempt: ({ object }, dryRun) => cordonNode(object.metadata.name, false, dryRun),
});

const commands: ObjectCommand[] = [
  {
    kinds,
    key: "cordon",
    fields: ["spec.unschedulable"],
    label: () => "Cordon",
    needs: (view) => [patchNode(view)],
    isOffered: (view) => isCordoned(view) !== true,
    Dialog: CordonDialog,
  },
  {
    kinds,
    key: "uncordon",
    fields: ["spec.unschedulable"],
    label: () => "Uncordon",
    needs: (view) => [patchNode(view)],
    isOffered: (view) => isCordoned(view) !== false,
    Dialog: UncordonDialog,
  },
  {
    kinds,
    key: "drain",
    label: () => "Drain",
    needs: (view) => [
      patchNode(view),
      { verb: "list", group: "", resource: "pods" },
      { verb: "create", group: "", resource: "pods", subresource: "eviction" },
    ],
    isDanger: true,
    Dialog: DrainDialog,
  },
];

/** Nodes: capacity, pods, cordon and drain. */
export const nodesFeature: Feature = {
  navigation: [],
  quickStarts: [],
  // Between 10 and 20 there is room for metrics.
  objectCards: [
    { kinds, order: 10, Content: NodeCard },
    { kinds, order: 20, Content: NodePods },
    { kinds, order: 30, Content: NodeFacts },
  ],
  objectCommands: commands,
};
