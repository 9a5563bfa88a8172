import {
  Button,
  Checkbox,
  Form,
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
} from "@patternfly/react-core";
import { ArrowDownIcon, ArrowUpIcon } from "@patternfly/react-icons";
import { useState } from "react";
import { extraColumnName } from "./list-columns.ts";
import { isExtraColumn } from "./list-search.ts";
import type { List } from "./use-list.ts";

interface Choice {
  id: string;
  name: string;
  about: string;
  isShown: boolean;
}

const fixed = new Set(["name", "namespace"]);

/** The columns that can be chosen: those shown, in order, then the others. */
function choicesOf({ columns }: List): Choice[] {
  const shown = columns.shown.map(({ id }) => id);
  const hidden = columns.all.filter(({ id }) => !shown.includes(id));
  return [...columns.shown, ...hidden]
    .filter(({ id }) => !fixed.has(id))
    .map(({ id, name, description }) => ({
      id,
      name,
      about: description.split(/(?<=\.)\s/)[0] ?? "",
      isShown: shown.includes(id),
    }));
}

/** Chooses and orders columns, and adds labels, annotations and paths as columns. Remembered for the kind. */
export function ColumnsDialog({ list, onClose }: { list: List; onClose: () => void }) {
  const [choices, setChoices] = useState(() => choicesOf(list));
  const shown = choices.filter(({ isShown }) => isShown).map(({ id }) => id);
  const apply = (cols: string[] | undefined) => {
    list.memory.keepColumns(cols);
    list.change({ cols });
    onClose();
  };
  const move = (index: number, by: number) => {
    const next = [...choices];
    const [moved] = next.splice(index, 1);
    if (moved) next.splice(index + by, 0, moved);
    setChoices(next);
  };
  const add = (id: string) => {
    const others = choices.filter((choice) => choice.id !== id);
    setChoices([{ id, name: extraColumnName(id), about: id, isShown: true }, ...others]);
  };
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="columns-title">
      <ModalHeader
        labelId="columns-title"
        title="Columns"
        description="Name and namespace are always there. This browser remembers the choice for this kind."
      />
      <ModalBody>
        <AddColumn onAdd={add} />
        <ul className="kyma-manage" aria-label="Columns in their order">
          {choices.map((choice, index) => (
            <ColumnChoice
              key={choice.id}
              choice={choice}
              isFirst={index === 0}
              isLast={index === choices.length - 1}
              onToggle={() =>
                setChoices(
                  choices.map((other) => (other === choice ? { ...other, isShown: !other.isShown } : other)),
                )
              }
              onMove={(by) => move(index, by)}
            />
          ))}
        </ul>
      </ModalBody>
      <ModalFooter>
        <Button isDisabled={shown.length === 0} onClick={() => apply(shown)}>
          Show these
        </Button>
        <Button variant="secondary" onClick={() => apply(undefined)}>
          Back to the usual ones
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}

function ColumnChoice(props: {
  choice: Choice;
  isFirst: boolean;
  isLast: boolean;
  onToggle: () => void;
  onMove: (by: number) => void;
}) {
  const { choice } = props;
  return (
    <li className="kyma-manage-row">
      <Checkbox
        id={`column-${choice.id}`}
        label={choice.name}
        description={choice.about.slice(0, 160) || undefined}
        isChecked={choice.isShown}
        onChange={props.onToggle}
      />
      <span className="kyma-manage-buttons">
        <Button
          variant="plain"
          icon={<ArrowUpIcon />}
          aria-label={`Move ${choice.name} up`}
          isDisabled={props.isFirst}
          onClick={() => props.onMove(-1)}
        />
        <Button
          variant="plain"
          icon={<ArrowDownIcon />}
          aria-label={`Move ${choice.name} down`}
          isDisabled={props.isLast}
          onClick={() => props.onMove(1)}
        />
      </span>
    </li>
  );
}

const kinds = {
  label: { label: "Label", example: "app.kubernetes.io/name" },
  annotation: { label: "Annotation", example: "kubernetes.io/change-cause" },
  jsonpath: { label: "JSONPath", example: "{.spec.nodeName}" },
} as const;
type ExtraKind = keyof typeof kinds;

/** What a person typed as the id of a column. Paths may be written without braces, as kubectl allows. */
export function extraColumnId(kind: ExtraKind, text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.length > 280) return undefined;
  if (kind !== "jsonpath") return `${kind}:${trimmed}`;
  const path = trimmed.startsWith("{") ? trimmed : `{${trimmed.startsWith(".") ? "" : "."}${trimmed}}`;
  return `jsonpath:${path}`;
}

function AddColumn({ onAdd }: { onAdd: (id: string) => void }) {
  const [kind, setKind] = useState<ExtraKind>("label");
  const [text, setText] = useState("");
  const id = extraColumnId(kind, text);
  return (
    <Form
      className="kyma-add-column"
      onSubmit={(event) => {
        event.preventDefault();
        if (id === undefined || !isExtraColumn(id)) return;
        onAdd(id);
        setText("");
      }}
    >
      <FormGroup label="Add a column" fieldId="add-column-text">
        <div className="kyma-add-column-fields">
          <FormSelect
            aria-label="What the new column shows"
            value={kind}
            onChange={(_event, value) => setKind(value as ExtraKind)}
          >
            {Object.entries(kinds).map(([value, { label }]) => (
              <FormSelectOption key={value} value={value} label={label} />
            ))}
          </FormSelect>
          <TextInput
            id="add-column-text"
            value={text}
            spellCheck={false}
            onChange={(_event, value) => setText(value)}
          />
          <Button type="submit" variant="secondary" isDisabled={id === undefined}>
            Add
          </Button>
        </div>
        <FormHelperText>
          <HelperText>
            <HelperTextItem>For example {kinds[kind].example}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
    </Form>
  );
}
