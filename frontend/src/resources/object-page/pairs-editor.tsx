import { Alert, Button, Form, Label, LabelGroup, TextInput } from "@patternfly/react-core";
import { MinusCircleIcon, PencilAltIcon } from "@patternfly/react-icons";
import { useEffect, useRef, useState } from "react";
import type { ObjectRef } from "#api/generated/graphql.ts";
import { ErrorAlert } from "#ui/error-state.tsx";
import { PlainText } from "#ui/plain-text.tsx";
import { toast } from "#ui/toasts.tsx";
import { visibleText } from "#ui/visible-text.ts";
import { ChangeList } from "../dry-run-note.tsx";
import { GuardedButton } from "../guarded-button.tsx";
import type { AccessNeed } from "../access.ts";
import type { KubeObject } from "../kube-objects.ts";
import { pairChanges, pairPatch, pairProblem, toPairs, type Pair } from "./pair-changes.ts";
import { savePairs } from "./save-pairs.ts";

interface Edited {
  refTo: ObjectRef;
  object: KubeObject;
  what: "labels" | "annotations";
}

/** The labels or annotations of an object, to read and to edit in place. */
export function PairsEditor(props: Edited & { isFixed: boolean }) {
  const { refTo, object, what } = props;
  const [editing, setEditing] = useState(false);
  const pairs = object.metadata[what];
  const needs: AccessNeed[] = [
    {
      verb: "patch",
      group: refTo.type.group ?? "",
      resource: refTo.type.plural,
      namespace: refTo.namespace ?? undefined,
      name: refTo.name,
    },
  ];
  if (editing) return <PairsForm {...props} onClose={() => setEditing(false)} />;
  return (
    <>
      {what === "labels" ? <LabelList pairs={pairs} /> : <AnnotationList pairs={pairs} />}{" "}
      {props.isFixed ? null : (
        <GuardedButton
          needs={needs}
          variant="link"
          isInline
          icon={<PencilAltIcon />}
          aria-label={`Edit ${what}`}
          onClick={() => setEditing(true)}
        >
          Edit
        </GuardedButton>
      )}
    </>
  );
}

function LabelList({ pairs }: { pairs: Record<string, string> | undefined }) {
  const entries = Object.entries(pairs ?? {});
  if (entries.length === 0) return <>none</>;
  return (
    <LabelGroup aria-label="Labels" numLabels={8}>
      {entries.map(([key, value]) => (
        <Label key={key} variant="outline" isCompact textMaxWidth="24rem">
          {visibleText(`${key}=${value}`)}
        </Label>
      ))}
    </LabelGroup>
  );
}

const longValue = 200;

function AnnotationList({ pairs }: { pairs: Record<string, string> | undefined }) {
  const [all, setAll] = useState(false);
  const entries = Object.entries(pairs ?? {});
  if (entries.length === 0) return <>none</>;
  const isLong = entries.length > 4 || entries.some(([, value]) => value.length > longValue);
  const shown = all ? entries : entries.slice(0, 4);
  return (
    <>
      {shown.map(([key, value]) => (
        <div key={key} className="kyma-break">
          <span className="kyma-subtle">{visibleText(key)}:</span>{" "}
          <PlainText text={all || value.length <= longValue ? value : `${value.slice(0, longValue)}…`} />
        </div>
      ))}
      {isLong ? (
        <Button variant="link" isInline onClick={() => setAll(!all)}>
          {all ? "Show less" : `Show all (${entries.length})`}
        </Button>
      ) : null}
    </>
  );
}

function usePairsSave({ refTo, object, what, onClose }: Edited & { onClose: () => void }) {
  const [before] = useState(object.metadata[what]);
  const [pairs, setPairs] = useState<Pair[]>(() => [...toPairs(before), { key: "", value: "" }]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [theirs, setTheirs] = useState<string[]>([]);
  // A save that is tried again has to see what came meanwhile.
  const current = useRef(object);
  useEffect(() => {
    current.current = object;
  }, [object]);
  const patch = pairPatch(before, pairs);
  const save = async (force: boolean) => {
    setBusy(true);
    setError(undefined);
    try {
      const changed = await savePairs({ refTo, what, before, patch, current: () => current.current, force });
      setTheirs(changed);
      if (changed.length > 0) return;
      toast("success", `The ${what} of ${refTo.name} were saved`);
      onClose();
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  };
  return { pairs, setPairs, busy, error, theirs, save, changes: pairChanges(before, patch) };
}

function PairsForm(props: Edited & { onClose: () => void }) {
  const { what, onClose } = props;
  const { pairs, setPairs, busy, error, theirs, save, changes } = usePairsSave(props);
  const isDirty = changes.length > 0;
  const problem = pairProblem(pairs, what);
  const set = (index: number, change: Partial<Pair>) => {
    const next = pairs.map((pair, at) => (at === index ? { ...pair, ...change } : pair));
    if (next.at(-1)?.key !== "") next.push({ key: "", value: "" });
    setPairs(next);
  };
  return (
    <Form
      aria-label={`Edit ${what}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === undefined && isDirty && !busy) void save(false);
      }}
    >
      <div>
        {pairs.map((pair, index) => (
          <PairRow
            key={index}
            pair={pair}
            number={index + 1}
            onChange={(change) => set(index, change)}
            onRemove={() =>
              setPairs(
                pairs.length === 1 ? [{ key: "", value: "" }] : pairs.filter((_pair, at) => at !== index),
              )
            }
          />
        ))}
        {problem !== undefined ? (
          <Alert isInline isPlain variant="warning" title={problem} />
        ) : isDirty ? (
          <ChangeList changes={changes} />
        ) : null}
        {theirs.length > 0 ? (
          <Alert
            isInline
            variant="warning"
            title={`Somebody else changed ${theirs.join(", ")} meanwhile; nothing was written`}
          >
            <Button variant="link" isInline onClick={onClose}>
              Take theirs
            </Button>{" "}
            or{" "}
            <Button variant="link" isInline isDanger onClick={() => void save(true)}>
              overwrite with mine
            </Button>
          </Alert>
        ) : null}
        {error === undefined ? null : <ErrorAlert title={`The ${what} were not saved`} error={error} />}
        <Button
          type="submit"
          size="sm"
          isLoading={busy}
          isDisabled={problem !== undefined || !isDirty || busy}
        >
          Save {what}
        </Button>{" "}
        <Button variant="link" size="sm" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </Form>
  );
}

function PairRow(props: {
  pair: Pair;
  /** From 1 on. */
  number: number;
  onChange: (change: Partial<Pair>) => void;
  onRemove: () => void;
}) {
  const { pair, number, onChange } = props;
  return (
    <div className="kyma-pairs-row">
      <TextInput
        aria-label={`Key ${number}`}
        placeholder="key"
        value={pair.key}
        onChange={(_event, key) => onChange({ key })}
      />
      <TextInput
        aria-label={`Value ${number}`}
        placeholder="value"
        value={pair.value}
        onChange={(_event, value) => onChange({ value })}
      />
      <Button
        variant="plain"
        aria-label={`Remove ${pair.key || "this line"}`}
        icon={<MinusCircleIcon />}
        onClick={props.onRemove}
      />
    </div>
  );
}
