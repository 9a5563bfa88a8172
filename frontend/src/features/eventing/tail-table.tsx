import {
  Button,
  CodeBlock,
  CodeBlockCode,
  Content,
  Modal,
  ModalBody,
  ModalHeader,
} from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { memo, useState, type FocusEvent } from "react";
import { Age } from "#ui/age.tsx";
import { indentJson } from "#ui/json-text.ts";
import type { FeedRow } from "./feed-store.ts";
import { GapRow } from "./gap-row.tsx";
import type { TailedEvent } from "./live-eventing.ts";
import { previewOf } from "./tail-event.ts";

type Rows = readonly FeedRow<TailedEvent>[];

/** Events, one a row; each can be looked at in full. While the focus is in them, rows stay as they are: else the focused one would go. */
export function TailTable({ rows }: { rows: Rows }) {
  const [looking, setLooking] = useState<TailedEvent>();
  const [held, setHeld] = useState<Rows>();
  const release = ({ currentTarget, relatedTarget }: FocusEvent) => {
    // A window that loses the focus leaves it with the element.
    const isInside = [relatedTarget, document.activeElement].some((one) => currentTarget.contains(one));
    if (!isInside && !looking) setHeld(undefined);
  };
  return (
    <>
      <Content component="small" role="status">
        {held ? "The rows stay as they are while you are in them." : "The newest event comes first."}
      </Content>
      <div onFocus={() => setHeld(held ?? rows)} onBlur={release}>
        <Table aria-label="Events" variant="compact" gridBreakPoint="grid-md">
          <Thead>
            <Tr>
              <Th>When</Th>
              <Th>Type</Th>
              <Th>Source</Th>
              <Th width={40}>Data</Th>
            </Tr>
          </Thead>
          <Tbody>
            {(held ?? rows).map(({ number, item }) =>
              item ? (
                <EventRow key={number} event={item} onLook={setLooking} />
              ) : (
                <GapRow key={number} columns={4} />
              ),
            )}
          </Tbody>
        </Table>
      </div>
      {looking ? <EventModal event={looking} onClose={() => setLooking(undefined)} /> : null}
    </>
  );
}

/** Several times a second all rows are there again, mostly the same. */
const EventRow = memo(function EventRow(props: { event: TailedEvent; onLook: (event: TailedEvent) => void }) {
  const { event, onLook } = props;
  const { id, data } = previewOf(event);
  return (
    <Tr>
      <Td dataLabel="When">
        <span>
          <Age since={event.time} /> ago
        </span>
      </Td>
      <Td dataLabel="Type" modifier="breakWord">
        <div>
          <Button variant="link" isInline onClick={() => onLook(event)}>
            {event.type}
          </Button>
          <div className="kyma-subtle">{id}</div>
        </div>
      </Td>
      <Td dataLabel="Source" modifier="breakWord">
        {event.source}
      </Td>
      <Td dataLabel="Data" modifier="breakWord">
        <code>{data}</code>
      </Td>
    </Tr>
  );
});

function EventModal({ event, onClose }: { event: TailedEvent; onClose: () => void }) {
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="tailed-title">
      <ModalHeader labelId="tailed-title" title={event.type} />
      <ModalBody>
        <CodeBlock>
          <CodeBlockCode>{indentJson(event.event)}</CodeBlockCode>
        </CodeBlock>
      </ModalBody>
    </Modal>
  );
}
