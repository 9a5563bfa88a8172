import { Content } from "@patternfly/react-core";
import { evictPods } from "#api/workloads.ts";
import type { ChangeDialogProps } from "#resources/change-dialog.tsx";
import { ConfirmAction } from "#resources/confirm-action.tsx";

export function EvictDialog({ onClose, object: { metadata } }: ChangeDialogProps) {
  const { name, namespace = "", uid } = metadata;
  const isManaged = metadata.ownerReferences?.some(({ controller }) => controller) ?? false;
  const attempt = async (dryRun: boolean) => {
    const [result] = await evictPods([{ namespace, name, uid: uid ?? null }], { dryRun });
    if (result?.outcome !== "EVICTED") throw new Error(result?.message ?? "The API server did not answer.");
    return { message: `Pod "${name}" ${result.message}.` };
  };
  return (
    <ConfirmAction
      title={`Evict pod ${name}?`}
      action="Evict"
      isDanger
      attempt={attempt}
      triedAt="open"
      onClose={onClose}
    >
      <Content component="p">
        {isManaged
          ? "Its controller makes another one in its place."
          : "No controller owns it: it is gone for good."}{" "}
        Unlike a deletion, an eviction respects PodDisruptionBudgets: the API server refuses it when too few
        pods would be left.
      </Content>
    </ConfirmAction>
  );
}
