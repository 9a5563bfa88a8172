import { Button, CodeBlock, CodeBlockCode, Modal, ModalBody, ModalHeader } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useState } from "react";
import { Age } from "#ui/age.tsx";
import { attributeOf } from "./dead-letter-words.ts";
import type { NumberedEvent } from "./tail-store.ts";

const longestPreview = 200;

/** Events, one a row; each can be looked at in full. */
export function TailTable({ events }: { events: readonly NumberedEvent[] }) {
  const [looking, setLooking] = useState<NumberedEvent>();
  return (
    <>
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
          {events.map((event) => (
            <Tr key={event.number}>
              <Td dataLabel="When">
                <span>
                  <Age since={event.time} /> ago
                </span>
              </Td>
              <Td dataLabel="Type" modifier="breakWord">
                <div>
                  <Button variant="link" isInline onClick={() => setLooking(event)}>
                    {event.type}
                  </Button>
                  <div className="kyma-subtle">{attributeOf(event.event, "id")}</div>
                </div>
              </Td>
              <Td dataLabel="Source" modifier="breakWord">
                {event.source}
              </Td>
              <Td dataLabel="Data" modifier="breakWord">
                <code>{event.truncated ? "too long to be shown" : previewOf(event)}</code>
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      {looking ? (
        <Modal isOpen variant="medium" onClose={() => setLooking(undefined)} aria-labelledby="tailed-title">
          <ModalHeader labelId="tailed-title" title={looking.type} />
          <ModalBody>
            <CodeBlock>
              <CodeBlockCode>{JSON.stringify(looking.event, undefined, 2)}</CodeBlockCode>
            </CodeBlock>
          </ModalBody>
        </Modal>
      ) : null}
    </>
  );
}

function previewOf({ event }: NumberedEvent): string {
  const { data } = event as { data?: unknown };
  const text = data === undefined ? "" : typeof data === "string" ? data : JSON.stringify(data);
  return text.length > longestPreview ? `${text.slice(0, longestPreview)}…` : text;
}
