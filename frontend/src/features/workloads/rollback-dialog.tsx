import { Button, Content, Modal, ModalBody, ModalFooter, ModalHeader } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ObjectRef } from "#api/generated/graphql.ts";
import { comparisonQuery, rollbackWorkload } from "#api/workloads.ts";
import { ConfirmAction } from "#resources/confirm-action.tsx";
import type { ObjectView } from "#resources/feature.ts";
import { DiffView } from "#ui/code-editor.tsx";
import { ErrorAlert } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { visibleText } from "#ui/visible-text.ts";
import { refOf } from "./commands.ts";
import { RevisionTable, useRevisions } from "./revision-table.tsx";

/** From a menu: choose the revision, see what it changes, roll back. */
export function RollbackDialog({ onClose, ...view }: ObjectView & { onClose: () => void }) {
  const { revisions, problem } = useRevisions(view);
  const [chosen, setChosen] = useState<number>();
  if (chosen !== undefined)
    return <RevisionDialog refTo={refOf(view)} revision={chosen} canRollBack onClose={onClose} />;
  return (
    <Modal isOpen variant="large" onClose={onClose} aria-labelledby="choose-revision-title">
      <ModalHeader
        labelId="choose-revision-title"
        title={`Roll back ${view.object.metadata.name}`}
        description="Choose the revision whose pod template is to come back. What it changes is shown first."
      />
      <ModalBody>
        {problem ?? (
          <RevisionTable
            revisions={revisions}
            actions={(one) =>
              one.current ? null : (
                <Button variant="secondary" size="sm" onClick={() => setChosen(one.revision)}>
                  Choose {one.revision}
                </Button>
              )
            }
          />
        )}
        {problem === undefined && revisions.length < 2 ? (
          <Content component="p">There is no earlier revision to go back to.</Content>
        ) : null}
      </ModalBody>
      <ModalFooter>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}

/** The difference between the pod template now and that of a revision; with `canRollBack` the way to bring it back. */
export function RevisionDialog(props: {
  refTo: ObjectRef;
  revision: number;
  canRollBack: boolean;
  onClose: () => void;
}) {
  const { refTo, revision, onClose } = props;
  if (!props.canRollBack)
    return (
      <Modal isOpen variant="large" onClose={onClose} aria-labelledby="compare-revision-title">
        <ModalHeader labelId="compare-revision-title" title={`Revision ${revision} and the present one`} />
        <ModalBody>
          <Comparison refTo={refTo} revision={revision} />
        </ModalBody>
        <ModalFooter>
          <Button variant="link" onClick={onClose}>
            Close
          </Button>
        </ModalFooter>
      </Modal>
    );
  const attempt = async (dryRun: boolean) => {
    const { message } = await rollbackWorkload(refTo, revision, dryRun);
    return { message };
  };
  return (
    <ConfirmAction
      size="large"
      title={`Roll ${refTo.name} back to revision ${revision}?`}
      action={`Roll back to ${revision}`}
      attempt={attempt}
      triedAt="open"
      onClose={onClose}
    >
      <Comparison refTo={refTo} revision={revision} />
    </ConfirmAction>
  );
}

function Comparison({ refTo, revision }: { refTo: ObjectRef; revision: number }) {
  const { data, error, refetch } = useQuery(comparisonQuery(refTo, revision));
  if (error)
    return <ErrorAlert title="The difference cannot be shown" error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading what="the difference" />;
  if (data.before === data.after)
    return <Content component="p">The pod template of this revision is the present one.</Content>;
  return (
    <>
      <Content component="p">
        The pod template now is on the left (or red), that of revision {revision} on the right (or green).
        {data.changeCause === null ? "" : ` Its change cause: ${visibleText(data.changeCause)}`}
      </Content>
      <DiffView
        label={`Pod template of revision ${revision}`}
        language="yaml"
        before={data.before}
        after={data.after}
        height="min(26rem, 45dvh)"
      />
    </>
  );
}
