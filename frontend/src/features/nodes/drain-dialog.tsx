import {
  Alert,
  Button,
  Checkbox,
  Content,
  Form,
  FormGroup,
  FormSelect,
  FormSelectOption,
  List,
  ListItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
} from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { DrainPod } from "#api/workloads.ts";
import { readDrainPlan } from "#api/workloads.ts";
import type { ObjectView } from "#resources/feature.ts";
import { ErrorAlert } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { DrainProgress } from "./drain-progress.tsx";
import { cancelDrain, runDrain, useDrain } from "./drain-runs.ts";
import { evictable, questionsOf } from "./drain-state.ts";

/** Asks what there is to ask, then shows the drain. It goes on when the dialog is closed. */
export function DrainDialog({ object, onClose }: ObjectView & { onClose: () => void }) {
  const node = object.metadata.name;
  const drain = useDrain(node);
  const [asks, setAsks] = useState(drain?.end !== undefined || drain === undefined);
  if (asks) return <DrainQuestions node={node} onStart={() => setAsks(false)} onClose={onClose} />;
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="drain-title">
      <ModalHeader labelId="drain-title" title={`Drain ${node}`} />
      <ModalBody>
        <DrainProgress node={node} />
        {drain?.end === undefined ? (
          <Content component="p" className="kyma-subtle">
            It goes on in this browser tab when you close this, and shows on the node's page. Should you close
            the tab, start it again: it takes up where it was.
          </Content>
        ) : null}
      </ModalBody>
      <ModalFooter>
        <Button onClick={onClose}>Close</Button>
        {drain?.end === undefined ? (
          <Button variant="link" onClick={() => cancelDrain(node)}>
            Cancel the drain
          </Button>
        ) : null}
      </ModalFooter>
    </Modal>
  );
}

const timeouts = [
  { seconds: 60, label: "1 minute" },
  { seconds: 300, label: "5 minutes" },
  { seconds: 1800, label: "30 minutes" },
  { seconds: 0, label: "No limit" },
];

interface Agreed {
  unmanaged: boolean;
  emptyDirs: boolean;
}

function DrainQuestions({
  node,
  onStart,
  onClose,
}: {
  node: string;
  onStart: () => void;
  onClose: () => void;
}) {
  const plan = useQuery({
    queryKey: ["drainPlan", node],
    queryFn: ({ signal }) => readDrainPlan(node, signal),
    gcTime: 0,
    refetchInterval: 5000,
  });
  const [agreed, setAgreed] = useState<Agreed>({ unmanaged: false, emptyDirs: false });
  const [timeoutSeconds, setTimeoutSeconds] = useState(300);
  const { unmanaged, emptyDirs } = questionsOf(plan.data ?? []);
  const isReady =
    plan.data !== undefined &&
    (unmanaged.length === 0 || agreed.unmanaged) &&
    (emptyDirs.length === 0 || agreed.emptyDirs);
  const start = () => {
    runDrain(node, timeoutSeconds === 0 ? undefined : timeoutSeconds);
    onStart();
  };
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="drain-title">
      <ModalHeader labelId="drain-title" titleIconVariant="warning" title={`Drain ${node}?`} />
      <ModalBody>
        {plan.error ? (
          <ErrorAlert title="Its pods cannot be read" error={plan.error} retry={() => void plan.refetch()} />
        ) : plan.data === undefined ? (
          <Loading what="the pods of the node" />
        ) : (
          <>
            <PlanSummary plan={plan.data} />
            <Form onSubmit={(event) => event.preventDefault()}>
              <Agreements plan={plan.data} agreed={agreed} onChange={setAgreed} />
              <FormGroup label="Give up after" fieldId="drain-timeout">
                <FormSelect
                  id="drain-timeout"
                  value={timeoutSeconds}
                  onChange={(_event, value) => setTimeoutSeconds(Number(value))}
                >
                  {timeouts.map(({ seconds, label }) => (
                    <FormSelectOption key={seconds} value={seconds} label={label} />
                  ))}
                </FormSelect>
              </FormGroup>
            </Form>
          </>
        )}
      </ModalBody>
      <ModalFooter>
        <Button variant="danger" isDisabled={!isReady} onClick={start}>
          Drain
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}

function Agreements({
  plan,
  agreed,
  onChange,
}: {
  plan: readonly DrainPod[];
  agreed: Agreed;
  onChange: (agreed: Agreed) => void;
}) {
  const { unmanaged, emptyDirs } = questionsOf(plan);
  return (
    <>
      {unmanaged.length > 0 ? (
        <Agreement
          id="agree-unmanaged"
          title="No controller makes these anew; they are gone for good"
          label="Evict them all the same"
          pods={unmanaged}
          isChecked={agreed.unmanaged}
          onChange={(checked) => onChange({ ...agreed, unmanaged: checked })}
        />
      ) : null}
      {emptyDirs.length > 0 ? (
        <Agreement
          id="agree-empty-dirs"
          title="These keep data in emptyDir volumes, which goes with them"
          label="Lose that data"
          pods={emptyDirs}
          isChecked={agreed.emptyDirs}
          onChange={(checked) => onChange({ ...agreed, emptyDirs: checked })}
        />
      ) : null}
    </>
  );
}

function PlanSummary({ plan }: { plan: readonly DrainPod[] }) {
  const leaving = evictable(plan).length;
  const staying = plan.filter(({ skipped }) => skipped !== null);
  return (
    <>
      <Content component="p">
        The node takes no new pods, and{" "}
        {leaving === 0
          ? "no pod has to be evicted"
          : `${leaving} ${leaving === 1 ? "pod is" : "pods are"} evicted`}
        . PodDisruptionBudgets are respected: where one refuses, the drain waits and asks again.
      </Content>
      {staying.length > 0 ? (
        <Content component="p" className="kyma-subtle">
          {staying.length} {staying.length === 1 ? "stays" : "stay"}:{" "}
          {staying.map(({ name, skipped }) => `${name} (${skipped ?? ""})`).join(" ")}
        </Content>
      ) : null}
    </>
  );
}

function Agreement(props: {
  id: string;
  title: string;
  label: string;
  pods: readonly DrainPod[];
  isChecked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <Alert isInline variant="warning" title={props.title}>
      <List isPlain>
        {props.pods.map(({ uid, namespace, name, emptyDirs }) => (
          <ListItem key={uid}>
            {namespace}/{name}
            {emptyDirs.length > 0 ? ` (${emptyDirs.join(", ")})` : ""}
          </ListItem>
        ))}
      </List>
      <Checkbox
        id={props.id}
        label={props.label}
        isChecked={props.isChecked}
        onChange={(_event, checked) => props.onChange(checked)}
      />
    </Alert>
  );
}
