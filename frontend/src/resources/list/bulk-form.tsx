import {
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  NumberInput,
  TextInput,
} from "@patternfly/react-core";
import { useState } from "react";
import type { BulkActionAbout } from "./bulk-actions.ts";
import { parseLabelChanges } from "./bulk-actions.ts";
import type { BulkWish } from "./use-bulk-run.ts";

const mostReplicas = 10_000;

/** How many replicas, or which labels. */
export function BulkForm({ about, onCheck }: { about: BulkActionAbout; onCheck: (wish: BulkWish) => void }) {
  return about.action === "SCALE" ? <ScaleForm onCheck={onCheck} /> : <LabelForm onCheck={onCheck} />;
}

function ScaleForm({ onCheck }: { onCheck: (wish: BulkWish) => void }) {
  const [replicas, setReplicas] = useState(1);
  const set = (value: number) => setReplicas(Math.max(0, Math.min(mostReplicas, Math.trunc(value) || 0)));
  return (
    <Form
      id="bulk-form"
      onSubmit={(event) => {
        event.preventDefault();
        onCheck({ action: "SCALE", replicas });
      }}
    >
      <FormGroup label="Replicas of each" fieldId="bulk-replicas">
        <NumberInput
          inputProps={{ id: "bulk-replicas", "aria-label": "Replicas of each" }}
          value={replicas}
          min={0}
          max={mostReplicas}
          onMinus={() => set(replicas - 1)}
          onPlus={() => set(replicas + 1)}
          onChange={(event) => set(Number(event.currentTarget.value))}
        />
      </FormGroup>
    </Form>
  );
}

function LabelForm({ onCheck }: { onCheck: (wish: BulkWish) => void }) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  return (
    <Form
      id="bulk-form"
      onSubmit={(event) => {
        event.preventDefault();
        const changes = parseLabelChanges(text);
        if ("problem" in changes) setProblem(changes.problem);
        else onCheck({ action: "LABEL", labels: changes.labels });
      }}
    >
      <FormGroup label="Labels" fieldId="bulk-labels">
        <TextInput
          id="bulk-labels"
          value={text}
          spellCheck={false}
          validated={problem === undefined ? "default" : "error"}
          aria-describedby="bulk-labels-help"
          onChange={(_event, value) => {
            setText(value);
            setProblem(undefined);
          }}
        />
        <FormHelperText>
          <HelperText id="bulk-labels-help" isLiveRegion>
            <HelperTextItem variant={problem === undefined ? "default" : "error"}>
              {problem ?? "team=shop sets a label, team- removes it; several with spaces between."}
            </HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
    </Form>
  );
}
