import { Content } from "@patternfly/react-core";
import { evictPods, restartWorkload, suspend } from "#api/workloads.ts";
import { ConfirmAction } from "#resources/confirm-action.tsx";
import type { ObjectView } from "#resources/feature.ts";
import { refOf } from "./commands.ts";

type DialogProps = ObjectView & { onClose: () => void };

export function RestartDialog({ onClose, ...view }: DialogProps) {
  const { name } = view.object.metadata;
  return (
    <ConfirmAction
      title={`Restart ${name}?`}
      action="Restart"
      onConfirm={() => restartWorkload(refOf(view))}
      onClose={onClose}
    >
      <Content component="p">
        Its pods are replaced by new ones with the same template, as its strategy says. It is the same as{" "}
        <code>kubectl rollout restart</code>.
      </Content>
    </ConfirmAction>
  );
}

export function EvictDialog({ onClose, object: { metadata } }: DialogProps) {
  const { name, namespace = "", uid } = metadata;
  const isManaged = metadata.ownerReferences?.some(({ controller }) => controller) ?? false;
  const evict = async () => {
    const [result] = await evictPods([{ namespace, name, uid: uid ?? null }]);
    if (result?.outcome !== "EVICTED") throw new Error(result?.message ?? "The API server did not answer.");
    return `Pod "${name}" ${result.message}.`;
  };
  return (
    <ConfirmAction title={`Evict pod ${name}?`} action="Evict" isDanger onConfirm={evict} onClose={onClose}>
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

export function SuspendJobDialog({ onClose, ...view }: DialogProps) {
  const { name } = view.object.metadata;
  return (
    <ConfirmAction
      title={`Suspend Job ${name}?`}
      action="Suspend"
      isDanger
      onConfirm={() => suspend(refOf(view), true)}
      onClose={onClose}
    >
      <Content component="p">
        Its running pods are deleted, and their work is lost. When it is resumed, it starts new ones.
      </Content>
    </ConfirmAction>
  );
}
