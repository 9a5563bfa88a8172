import {
  Alert,
  Button,
  DescriptionList,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  Stack,
  StackItem,
} from "@patternfly/react-core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import type { AccessNeed } from "#resources/access.ts";
import { Fact } from "#resources/fact.tsx";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { LeaveGuard, LeaveQuestion } from "#resources/leave-guard.tsx";
import { exactTime } from "#ui/age-text.ts";
import { CodeEditor } from "#ui/code-editor.tsx";
import { ErrorAlert } from "#ui/error-state.tsx";
import { indentJson } from "#ui/json-text.ts";
import { StatusLabel } from "#ui/status-label.tsx";
import { toast } from "#ui/toasts.tsx";
import { statusText } from "./amounts.ts";
import { letterKey, letterLabel, reasonText } from "./dead-letter-words.ts";
import { checkEventQuery, replayDeadLetter, type DeadLetter, type ReplayAnswer } from "./eventing-api.ts";

/** The right to replay dead letters of a namespace. */
export function replayNeed(namespace: string | undefined): AccessNeed {
  const group = "delivery.eventing.kyma-project.io";
  return { verb: "create", group, resource: "deadletters", subresource: "replay", namespace };
}

/** The right to discard them. */
export function discardNeed(namespace: string | undefined): AccessNeed {
  return { verb: "delete", group: "delivery.eventing.kyma-project.io", resource: "deadletters", namespace };
}

const lost = "Your changes to the event are lost.";

interface LetterDialogProps {
  letter: DeadLetter;
  /** It was replayed; the keys under which it is not stored any more. */
  onReplayed: (gone: readonly string[]) => void;
  onClose: () => void;
}

/** Looks at a dead letter: why it was given up, and the event, which can be changed before it is replayed. */
export function LetterDialog({ letter, onReplayed, onClose }: LetterDialogProps) {
  const stored = letter.event ? indentJson(letter.event) : "";
  const [text, setText] = useState(stored);
  const [name, setName] = useState(letter.name);
  const [isLeaving, setIsLeaving] = useState(false);
  const isChanged = text !== stored;
  const close = () => (isChanged ? setIsLeaving(true) : onClose());
  const problems = useEventProblems(text, isChanged);
  const key = { namespace: letter.namespace, name };
  const replay = useMutation({
    mutationFn: () => replayDeadLetter(key, isChanged ? text : undefined),
    onSuccess: ({ delivered, deadLetter }) => {
      onReplayed(deadLetter === name ? [] : [letterKey(key)]);
      if (deadLetter) setName(deadLetter);
      if (!delivered) return;
      toast("success", `${letterLabel(letter)} was delivered`);
      onClose();
    },
  });
  if (isLeaving)
    return (
      <LeaveQuestion
        title="Close without replaying?"
        keeps={lost}
        onStay={() => setIsLeaving(false)}
        onLeave={onClose}
      />
    );
  return (
    <Modal isOpen variant="large" onClose={close} aria-labelledby="letter-title">
      <LeaveGuard dirty={isChanged} keeps={lost} />
      <ModalHeader labelId="letter-title" title={letterLabel(letter)} />
      <ModalBody>
        <Stack hasGutter>
          <StackItem>
            <Facts letter={letter} />
          </StackItem>
          <StackItem>
            <CodeEditor
              label="The event"
              language="json"
              fileName="event.json"
              value={text}
              onChange={setText}
              height="20rem"
            />
          </StackItem>
          {problems.map((problem) => (
            <StackItem key={problem}>
              <Alert isInline isPlain variant="danger" title={problem} />
            </StackItem>
          ))}
          <StackItem>
            {replay.error ? <ErrorAlert title="It was not replayed" error={replay.error} /> : null}
            {replay.data && !replay.data.delivered ? <Refused answer={replay.data} /> : null}
          </StackItem>
        </Stack>
      </ModalBody>
      <ModalFooter>
        <GuardedButton
          needs={[replayNeed(letter.namespace)]}
          isDisabled={replay.isPending || problems.length > 0 || !letter.event}
          isLoading={replay.isPending}
          onClick={() => replay.mutate()}
        >
          {isChanged ? "Replay the changed event" : "Replay"}
        </GuardedButton>
        <Button variant="link" onClick={close}>
          Close
        </Button>
      </ModalFooter>
    </Modal>
  );
}

/** What the publisher would say against a changed event; one that is stored was accepted once. */
function useEventProblems(text: string, isChanged: boolean): string[] {
  const { data } = useQuery({ ...checkEventQuery(useDeferredValue(text)), enabled: isChanged });
  return isChanged ? (data ?? []).map(({ message }) => message) : [];
}

function Facts({ letter }: { letter: DeadLetter }) {
  return (
    <DescriptionList columnModifier={{ default: "1Col", md: "2Col" }}>
      <Fact term="Subscription">{letter.subscription}</Fact>
      <Fact term="Sink">{letter.sink}</Fact>
      <Fact term="Given up">{exactTime(letter.time)}</Fact>
      <Fact term="Reason">
        {reasonText(letter.reason)}, after {letter.attempts} {letter.attempts === 1 ? "attempt" : "attempts"}
      </Fact>
      <Fact term="Last answer">
        <StatusLabel health="error">{statusText(letter.status)}</StatusLabel> {letter.answer}
      </Fact>
    </DescriptionList>
  );
}

function Refused({ answer: { status, answer } }: { answer: ReplayAnswer }) {
  return (
    <Alert
      isInline
      isLiveRegion
      variant="danger"
      title={status === 0 ? "The sink gave no answer" : `The sink answered ${status}`}
    >
      {answer} The dead letter stays.
    </Alert>
  );
}
