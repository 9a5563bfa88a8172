import { Button } from "@patternfly/react-core";
import { useState } from "react";
import type { ObjectView } from "#resources/feature.ts";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { refOf } from "./commands.ts";
import { RevisionDialog } from "./rollback-dialog.tsx";
import { RevisionTable, useRevisions } from "./revision-table.tsx";

/** Every pod template that the workload has had, with what each would change and the way back. */
export function RevisionsTab(view: ObjectView) {
  const { type, object } = view;
  const { revisions, problem } = useRevisions(view);
  const [shown, setShown] = useState<{ revision: number; rollback: boolean }>();
  if (problem !== undefined) return problem;
  if (revisions.length === 0)
    return (
      <EmptyNotice title="No revision is kept">
        Kubernetes makes one for each change of the pod template. How many are kept says
        spec.revisionHistoryLimit.
      </EmptyNotice>
    );
  const needs = [
    {
      verb: "patch",
      group: type.group,
      resource: type.plural,
      namespace: object.metadata.namespace,
      name: object.metadata.name,
    },
  ];
  return (
    <div className="kyma-tab">
      <RevisionTable
        revisions={revisions}
        actions={(one) =>
          one.current ? null : (
            <>
              <Button variant="link" onClick={() => setShown({ revision: one.revision, rollback: false })}>
                Compare {one.revision}
              </Button>
              <GuardedButton
                variant="secondary"
                size="sm"
                needs={needs}
                onClick={() => setShown({ revision: one.revision, rollback: true })}
              >
                Roll back to {one.revision}
              </GuardedButton>
            </>
          )
        }
      />
      {shown ? (
        <RevisionDialog
          refTo={refOf(view)}
          revision={shown.revision}
          canRollBack={shown.rollback}
          onClose={() => setShown(undefined)}
        />
      ) : null}
    </div>
  );
}
