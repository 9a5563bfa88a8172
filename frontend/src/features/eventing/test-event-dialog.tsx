import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from "@patternfly/react-core";
import type { ObjectView } from "#resources/feature.ts";
import type { Subscription } from "./subscription.ts";
import { TestEvent } from "./test-event.tsx";

/** Sends an event that a Subscription is for. */
export function TestEventDialog({ object, onClose }: ObjectView & { onClose: () => void }) {
  const { metadata, spec = {} } = object as Subscription;
  const start = { source: spec.source ?? "", type: spec.types?.[0] ?? "" };
  const namespaces = metadata.namespace === undefined ? undefined : [metadata.namespace];
  return (
    <Modal isOpen variant="large" onClose={onClose} aria-labelledby="test-event-title">
      <ModalHeader
        labelId="test-event-title"
        title="Send a test event"
        description="It is published as any other event, so everybody who subscribed gets it."
      />
      <ModalBody>
        <TestEvent start={start} namespaces={namespaces} />
      </ModalBody>
      <ModalFooter>
        <Button variant="link" onClick={onClose}>
          Close
        </Button>
      </ModalFooter>
    </Modal>
  );
}
