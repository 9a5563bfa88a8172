import { Button, Modal, ModalBody, ModalFooter, ModalHeader, Title } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { errorMessage } from "#api/errors.ts";
import type { FunctionRef } from "#api/generated/graphql.ts";
import { needOn } from "#resources/access.ts";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { functionType } from "#resources/well-known-types.ts";
import { Age } from "#ui/age.tsx";
import { DiffView } from "#ui/code-editor.tsx";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import { toast } from "#ui/toasts.tsx";
import type { Revision } from "./functions-api.ts";
import { revertFunction, revisionsQuery } from "./functions-api.ts";
import { differences } from "./revision-diff.ts";

/** What was rolled out, with the way back. */
export function RevisionsTab({ target, version }: { target: FunctionRef; version: string | undefined }) {
  const revisions = useQuery(revisionsQuery(target, version));
  const [compared, setCompared] = useState<Revision>();
  const [busy, setBusy] = useState(false);
  const current = revisions.data?.find((one) => one.current);
  const revert = async ({ name, revision }: Revision) => {
    setBusy(true);
    try {
      await revertFunction(target, name);
      toast("success", `Revision ${revision} is being rolled out again`);
      setCompared(undefined);
    } catch (error) {
      toast("danger", `Revision ${revision} was not put back`, errorMessage(error));
    } finally {
      setBusy(false);
    }
  };
  if (revisions.error) {
    return (
      <ErrorState
        title="Revisions cannot be read"
        error={revisions.error}
        retry={() => void revisions.refetch()}
      />
    );
  }
  if (revisions.data === undefined) return <Loading what="revisions" />;
  if (revisions.data.length === 0) {
    return (
      <EmptyNotice title="No revision yet">Every valid change becomes one as it is rolled out.</EmptyNotice>
    );
  }
  return (
    <>
      <Table aria-label="Revisions" variant="compact" gridBreakPoint="grid-md">
        <Thead>
          <Tr>
            <Th>Revision</Th>
            <Th>Age</Th>
            <Th>Differs from the present one in</Th>
            <Th screenReaderText="Actions" />
          </Tr>
        </Thead>
        <Tbody>
          {revisions.data.map((one) => (
            <RevisionRow
              namespace={target.namespace}
              key={one.name}
              one={one}
              current={current}
              busy={busy}
              onCompare={() => setCompared(one)}
              onRevert={() => void revert(one)}
            />
          ))}
        </Tbody>
      </Table>
      {compared && current ? (
        <Comparison
          namespace={target.namespace}
          earlier={compared}
          current={current}
          busy={busy}
          onRevert={() => void revert(compared)}
          onClose={() => setCompared(undefined)}
        />
      ) : null}
    </>
  );
}

function RevisionRow(props: {
  namespace: string;
  one: Revision;
  current: Revision | undefined;
  busy: boolean;
  onCompare: () => void;
  onRevert: () => void;
}) {
  const { one, current } = props;
  const differing = current && !one.current ? differences(one.spec, current.spec) : [];
  return (
    <Tr>
      <Td dataLabel="Revision">
        {one.revision} {one.current ? <StatusLabel health="ok">present</StatusLabel> : null}
      </Td>
      <Td dataLabel="Age">
        <Age since={one.createdAt} />
      </Td>
      <Td dataLabel="Differs in">{differing.map(({ title }) => title).join(", ")}</Td>
      <Td isActionCell>
        {one.current ? null : (
          <>
            <Button variant="link" onClick={props.onCompare}>
              Compare {one.revision}
            </Button>
            <GuardedButton
              variant="secondary"
              size="sm"
              isDisabled={props.busy}
              needs={[needOn(functionType, "patch", props.namespace)]}
              onClick={props.onRevert}
            >
              Revert to {one.revision}
            </GuardedButton>
          </>
        )}
      </Td>
    </Tr>
  );
}

function Comparison(props: {
  namespace: string;
  earlier: Revision;
  current: Revision;
  busy: boolean;
  onRevert: () => void;
  onClose: () => void;
}) {
  const { earlier, current } = props;
  return (
    <Modal isOpen variant="large" onClose={props.onClose} aria-labelledby="compare-title">
      <ModalHeader
        labelId="compare-title"
        title={`Revision ${earlier.revision} and the present one`}
        description={`What a revert to ${earlier.revision} takes away is on the left, what it brings back on the right.`}
      />
      <ModalBody>
        {differences(current.spec, earlier.spec).map(({ title, language, before, after }) => (
          <section key={title} aria-label={title}>
            <Title headingLevel="h3" size="md" className="kyma-editor-title">
              {title}
            </Title>
            <DiffView label={title} language={language} before={before} after={after} height="18rem" />
          </section>
        ))}
      </ModalBody>
      <ModalFooter>
        <GuardedButton
          isLoading={props.busy}
          isDisabled={props.busy}
          needs={[needOn(functionType, "patch", props.namespace)]}
          onClick={props.onRevert}
        >
          Revert to {earlier.revision}
        </GuardedButton>
        <Button variant="link" onClick={props.onClose}>
          Close
        </Button>
      </ModalFooter>
    </Modal>
  );
}
