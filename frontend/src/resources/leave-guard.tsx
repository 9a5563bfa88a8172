import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from "@patternfly/react-core";
import { useBlocker } from "@tanstack/react-router";

/** Asks before a page with unsaved changes is left. `keeps` says what becomes of them. */
export function LeaveGuard({ dirty, keeps }: { dirty: boolean; keeps: string }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => dirty && current.pathname !== next.pathname,
    enableBeforeUnload: () => dirty,
    withResolver: true,
  });
  if (blocker.status !== "blocked") return null;
  return (
    <Modal isOpen variant="small" onClose={blocker.reset} aria-labelledby="leave-title">
      <ModalHeader labelId="leave-title" titleIconVariant="warning" title="Leave without saving?" />
      <ModalBody>{keeps}</ModalBody>
      <ModalFooter>
        <Button variant="primary" onClick={blocker.reset}>
          Stay
        </Button>
        <Button variant="link" onClick={blocker.proceed}>
          Leave
        </Button>
      </ModalFooter>
    </Modal>
  );
}
