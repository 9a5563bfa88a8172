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
    <LeaveQuestion
      title="Leave without saving?"
      keeps={keeps}
      onStay={blocker.reset}
      onLeave={blocker.proceed}
    />
  );
}

/** Asks whether changes may be lost; in place of what holds them, or above a page. `keeps` says what becomes of them. */
export function LeaveQuestion(props: {
  title: string;
  keeps: string;
  onStay: () => void;
  onLeave: () => void;
}) {
  return (
    <Modal isOpen variant="small" onClose={props.onStay} aria-labelledby="leave-title">
      <ModalHeader labelId="leave-title" titleIconVariant="warning" title={props.title} />
      <ModalBody>{props.keeps}</ModalBody>
      <ModalFooter>
        <Button variant="primary" onClick={props.onStay}>
          Stay
        </Button>
        <Button variant="link" onClick={props.onLeave}>
          Leave
        </Button>
      </ModalFooter>
    </Modal>
  );
}
