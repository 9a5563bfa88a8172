import { Button, Content, Modal, ModalBody, ModalFooter, ModalHeader } from "@patternfly/react-core";
import { useEffect, useRef, useState } from "react";
import type { KindType } from "../kinds.ts";
import { dangerousKinds, kindKey } from "../kinds.ts";
import type { BulkActionAbout } from "./bulk-actions.ts";
import { BulkForm } from "./bulk-form.tsx";
import { BulkProgress, BulkSummary } from "./bulk-results.tsx";
import { countStates } from "./bulk-run.ts";
import type { ListTarget } from "./selection.ts";
import type { BulkRun, BulkWish } from "./use-bulk-run.ts";
import { useBulkRun } from "./use-bulk-run.ts";

/** So many objects, and kinds that take much else along, are deleted only after their number was typed. */
const manyObjects = 100;

interface BulkDialogProps {
  about: BulkActionAbout;
  type: KindType;
  /** Plural of the kind, for sentences. */
  label: string;
  targets: readonly ListTarget[];
  /** `isFinished`: nothing is left to be done. */
  onClose: (isFinished: boolean) => void;
}

/** Does one thing to many objects: what, then what the server would do, then progress with a result per object. */
export function BulkDialog(props: BulkDialogProps) {
  const { about, targets } = props;
  const [chosen] = useState(targets);
  const title = `${about.label} ${chosen.length.toLocaleString("en")} ${props.label}`;
  const run = useBulkRun(props.type, chosen, title);
  const [typed, setTyped] = useState("");
  const needsInput = about.action === "SCALE" || about.action === "LABEL";
  useCheckAtOnce(run, about, needsInput);
  const counts = countStates(run.items);
  const isBusy = run.phase === "checking" || run.phase === "running";
  const isFinished = run.phase === "finished" && counts.failed + counts.cancelled + counts.refused === 0;
  const close = () => {
    if (run.phase === "checking") run.cancel();
    props.onClose(isFinished);
  };
  const mustType =
    about.action === "DELETE" && (counts.waiting > manyObjects || dangerousKinds.has(kindKey(props.type)));
  return (
    <Modal isOpen variant="medium" onClose={close} aria-labelledby="bulk-title" aria-busy={isBusy}>
      <ModalHeader
        labelId="bulk-title"
        {...(about.isDanger ? { titleIconVariant: "warning" as const } : {})}
        title={title}
      />
      <ModalBody>
        {run.phase === "asking" && needsInput ? <BulkForm about={about} onCheck={run.check} /> : null}
        {run.phase === "summary" ? (
          <BulkSummary
            about={about}
            items={run.items}
            typed={mustType ? { value: typed, onChange: setTyped } : undefined}
          />
        ) : null}
        {isBusy || run.phase === "finished" ? (
          <BulkProgress about={about} phase={run.phase} items={run.items} />
        ) : null}
        {run.phase === "running" ? (
          <Content component="small">It goes on when you close this; the bell at the top shows it.</Content>
        ) : null}
      </ModalBody>
      <ModalFooter>
        <Buttons
          run={run}
          about={about}
          needsInput={needsInput}
          isReady={!mustType || typed.trim() === String(counts.waiting)}
          onClose={close}
        />
      </ModalFooter>
    </Modal>
  );
}

/** What needs no more words is checked as soon as the dialog opens. */
function useCheckAtOnce(run: BulkRun, about: BulkActionAbout, needsInput: boolean): void {
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current || needsInput) return;
    begun.current = true;
    const wish: BulkWish = { action: about.action };
    run.check(wish);
  }, [run, about, needsInput]);
}

function Buttons(props: {
  run: BulkRun;
  about: BulkActionAbout;
  needsInput: boolean;
  isReady: boolean;
  onClose: () => void;
}) {
  const { run, about } = props;
  const counts = countStates(run.items);
  if (run.phase === "running" || run.phase === "checking") {
    return (
      <Button variant="secondary" onClick={run.cancel}>
        {run.phase === "running" ? "Cancel the rest" : "Stop checking"}
      </Button>
    );
  }
  const left = counts.failed + counts.cancelled;
  return (
    <>
      {run.phase === "asking" && props.needsInput ? (
        <Button type="submit" form="bulk-form">
          Check
        </Button>
      ) : null}
      {run.phase === "summary" && counts.waiting > 0 ? (
        <Button
          variant={about.isDanger ? "danger" : "primary"}
          isDisabled={!props.isReady}
          onClick={run.start}
        >
          {about.label} {counts.waiting.toLocaleString("en")}
        </Button>
      ) : null}
      {run.phase === "finished" && left > 0 ? (
        <Button onClick={run.retry}>
          {counts.failed > 0 ? `Retry the ${left} that are left` : `Go on with the ${left} that are left`}
        </Button>
      ) : null}
      <Button variant={run.phase === "finished" && left === 0 ? "primary" : "link"} onClick={props.onClose}>
        {run.phase === "finished" ? "Close" : "Cancel"}
      </Button>
    </>
  );
}
