import {
  Alert,
  Button,
  Checkbox,
  Form,
  FormGroup,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
} from "@patternfly/react-core";
import { useState } from "react";
import type { SavedView } from "./saved-views.ts";
import { putView, removeView, renameView, setDefault } from "./saved-views.ts";
import type { List } from "./use-list.ts";
import { copyLink, viewLink, viewOfList } from "./views-menu.tsx";

const kept =
  "Views are kept in this browser, for you on this cluster. To hand one on, copy its link: it shows others what their own rights allow.";

/** Saves what is shown under a name, or manages what was saved. */
export function ViewsDialog(props: { mode: "save" | "manage"; list: List; onClose: () => void }) {
  return props.mode === "save" ? <SaveView {...props} /> : <ManageViews {...props} />;
}

function SaveView({ list, onClose }: { list: List; onClose: () => void }) {
  const [name, setName] = useState(list.search.view ?? "");
  const [isDefault, setIsDefault] = useState(false);
  const { views, keepViews } = list.memory;
  const trimmed = name.trim().slice(0, 60);
  const replaces = views.some((view) => view.name === trimmed);
  const save = () => {
    const view = { ...viewOfList(list), name: trimmed, isDefault };
    keepViews(putView(views, view));
    list.show({ ...view.search, view: trimmed }, true);
    onClose();
  };
  return (
    <Modal
      isOpen
      variant="small"
      onClose={onClose}
      aria-labelledby="save-view-title"
      elementToFocus="#view-name"
    >
      <ModalHeader labelId="save-view-title" title="Save this view" description={kept} />
      <ModalBody>
        <Form
          id="save-view"
          onSubmit={(event) => {
            event.preventDefault();
            if (trimmed !== "") save();
          }}
        >
          <FormGroup label="Name" fieldId="view-name" isRequired>
            <TextInput id="view-name" value={name} onChange={(_event, value) => setName(value)} />
          </FormGroup>
          <Checkbox
            id="view-default"
            label="Begin with it whenever this kind's list is opened"
            isChecked={isDefault}
            onChange={(_event, checked) => setIsDefault(checked)}
          />
          {replaces ? (
            <Alert isInline isPlain variant="info" title={`This replaces the view "${trimmed}".`} />
          ) : null}
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="save-view" isDisabled={trimmed === ""}>
          Save
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}

function ManageViews({ list, onClose }: { list: List; onClose: () => void }) {
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="manage-views-title">
      <ModalHeader labelId="manage-views-title" title="Saved views" description={kept} />
      <ModalBody>
        {list.memory.views.length === 0 ? "None is left." : null}
        <ul className="kyma-manage">
          {list.memory.views.map((view) => (
            <ManagedView key={view.name} view={view} list={list} />
          ))}
        </ul>
      </ModalBody>
      <ModalFooter>
        <Button onClick={onClose}>Done</Button>
      </ModalFooter>
    </Modal>
  );
}

function ManagedView({ view, list }: { view: SavedView; list: List }) {
  const [name, setName] = useState(view.name);
  const { views, keepViews } = list.memory;
  const next = name.trim().slice(0, 60);
  const rename = () => {
    if (next !== "" && next !== view.name) keepViews(renameView(views, view.name, next));
  };
  return (
    <li className="kyma-manage-row">
      <TextInput
        aria-label={`Name of the view ${view.name}`}
        value={name}
        onChange={(_event, value) => setName(value)}
        onBlur={rename}
        onKeyDown={(event) => {
          if (event.key === "Enter") rename();
        }}
      />
      <Checkbox
        id={`default-${view.name}`}
        label="Default"
        isChecked={view.isDefault}
        onChange={(_event, checked) => keepViews(setDefault(views, checked ? view.name : undefined))}
      />
      <Button variant="link" isInline onClick={() => void copyLink(viewLink(list, view))}>
        Copy link
      </Button>
      <Button variant="link" isInline isDanger onClick={() => keepViews(removeView(views, view.name))}>
        Delete
      </Button>
    </li>
  );
}
