import "./editor.css";
import { Button, Content, Flex, FlexItem, Stack, StackItem } from "@patternfly/react-core";
import { useMutation } from "@tanstack/react-query";
import type { ComponentType } from "react";
import { useState } from "react";
import { rebaseYaml, type Rebase, type SaveResult } from "#api/editing.ts";
import type { ObjectRef } from "#api/generated/graphql.ts";
import { DiffView } from "#ui/code-editor.tsx";
import { ErrorAlert } from "#ui/error-state.tsx";
import { toast } from "#ui/toasts.tsx";
import { GuardedButton } from "../guarded-button.tsx";
import { LeaveGuard } from "../leave-guard.tsx";
import { ChangedBar, DraftBar, RebasedBar } from "./edit-bars.tsx";
import { ReviewDialog } from "./review-dialog.tsx";
import { TextOrForm, type TextFormProps } from "./text-or-form.tsx";
import { useChangesSince, useYamlEdit, type YamlEdit } from "./use-yaml-edit.ts";

const secretNote =
  "Values are masked: leave a mask as it is, or put the new value in base64. Unsaved changes to a Secret are kept only until this page is closed or reloaded.";

const secretKeeps =
  "Your changes to this Secret are not saved. They are kept while this page stays open, not over a reload.";
const draftKeeps =
  "Your changes are not saved. They are kept as a draft in this browser and come back when you open the YAML again.";

/** Which two texts are compared. */
type Comparison = "mine" | "theirs" | undefined;

interface YamlEditorProps {
  refTo: ObjectRef;
  loaded: string;
  liveVersion: string | undefined;
  draftKey: string;
  onReload: () => void;
  /** Another way to edit the same text. */
  Form?: ComponentType<TextFormProps> | undefined;
  /** What stands against a text although the API server would take it, in sentences. */
  check?: ((text: string) => Promise<string[]>) | undefined;
}

/** Edits one object: schema, draft, what others change meanwhile, and a review before anything is written. */
export function YamlEditor(props: YamlEditorProps) {
  const { refTo } = props;
  const isSecret = (refTo.type.group ?? "") === "" && refTo.type.plural === "secrets";
  const edit = useYamlEdit(props.loaded, props.draftKey, isSecret);
  const changed = useChangesSince(refTo, edit.base, props.liveVersion);
  const [comparing, setComparing] = useState<Comparison>();
  const [reviewing, setReviewing] = useState(false);
  const [faults, setFaults] = useState<{ line: number; message: string }[]>([]);
  const [clashes, setClashes] = useState<Rebase["conflicts"]>([]);
  const takeOver = useMutation({
    mutationFn: () => rebaseYaml(refTo, edit.base, edit.text),
    onSuccess: ({ live, text, conflicts }) => {
      edit.start({ base: live, clean: edit.dirty ? live : text, text });
      setClashes(conflicts);
      setComparing(undefined);
    },
  });
  const saved = ({ text }: SaveResult) => {
    setReviewing(false);
    setFaults([]);
    if (text) edit.start({ base: text, clean: text, text });
    toast("success", `${refTo.name} was saved`);
  };
  const reload = () => {
    edit.discard();
    props.onReload();
  };
  return (
    <Stack hasGutter>
      <Bars
        edit={edit}
        changed={changed}
        clashes={clashes}
        onClashesSeen={() => setClashes([])}
        onCompare={setComparing}
        onTakeOver={() => takeOver.mutate()}
        onDiscard={reload}
      />
      <Notes error={takeOver.error} isSecret={isSecret} />
      <StackItem>
        <Texts
          refTo={refTo}
          edit={edit}
          comparing={comparing}
          theirs={changed?.live}
          faults={faults}
          Form={props.Form}
          onSave={() => setReviewing(edit.dirty)}
        />
      </StackItem>
      <StackItem>
        <Actions
          refTo={refTo}
          edit={edit}
          comparing={comparing}
          onCompare={setComparing}
          onReview={() => setReviewing(true)}
          onReload={reload}
        />
      </StackItem>
      {reviewing ? (
        <ReviewDialog
          edit={{ ref: refTo, base: edit.base, text: edit.text }}
          check={props.check}
          onClose={() => setReviewing(false)}
          onSaved={saved}
          onFaults={setFaults}
        />
      ) : null}
      <LeaveGuard dirty={edit.dirty} keeps={isSecret ? secretKeeps : draftKeeps} />
    </Stack>
  );
}

function Notes({ error, isSecret }: { error: unknown; isSecret: boolean }) {
  return (
    <>
      {error ? (
        <StackItem>
          <ErrorAlert title="It could not be brought in" error={error} />
        </StackItem>
      ) : null}
      {isSecret ? (
        <StackItem>
          <Content component="small">{secretNote}</Content>
        </StackItem>
      ) : null}
    </>
  );
}

function Texts(props: {
  refTo: ObjectRef;
  edit: YamlEdit;
  comparing: Comparison;
  theirs: string | undefined;
  faults: { line: number; message: string }[];
  Form: ComponentType<TextFormProps> | undefined;
  onSave: () => void;
}) {
  const { refTo, edit, comparing, theirs } = props;
  if (comparing) {
    return (
      <DiffView
        label={comparing === "mine" ? "Your changes" : "What others changed"}
        language="yaml"
        before={edit.base}
        after={comparing === "mine" ? edit.text : (theirs ?? edit.base)}
        height="var(--kyma-editor-size)"
      />
    );
  }
  return (
    <TextOrForm
      type={refTo.type}
      label={`YAML of ${refTo.name}`}
      text={edit.text}
      onText={edit.setText}
      onSave={props.onSave}
      faults={props.faults}
      Form={props.Form}
    />
  );
}

function Bars(props: {
  edit: YamlEdit;
  changed: Rebase | undefined;
  clashes: Rebase["conflicts"];
  onClashesSeen: () => void;
  onCompare: (what: Comparison) => void;
  onTakeOver: () => void;
  onDiscard: () => void;
}) {
  const { edit, changed, clashes } = props;
  return (
    <>
      {edit.restored && edit.dirty ? (
        <StackItem>
          <DraftBar
            draft={edit.restored}
            onCompare={() => props.onCompare("mine")}
            onDiscard={props.onDiscard}
          />
        </StackItem>
      ) : null}
      {changed ? (
        <StackItem>
          <ChangedBar
            changes={changed.changes}
            dirty={edit.dirty}
            onCompare={() => props.onCompare("theirs")}
            onTakeOver={props.onTakeOver}
          />
        </StackItem>
      ) : null}
      {clashes.length > 0 ? (
        <StackItem>
          <RebasedBar conflicts={clashes} onClose={props.onClashesSeen} />
        </StackItem>
      ) : null}
    </>
  );
}

function Actions(props: {
  refTo: ObjectRef;
  edit: YamlEdit;
  comparing: Comparison;
  onCompare: (what: Comparison) => void;
  onReview: () => void;
  onReload: () => void;
}) {
  const { refTo, edit, comparing } = props;
  const need = {
    verb: "patch",
    group: refTo.type.group ?? "",
    resource: refTo.type.plural,
    namespace: refTo.namespace ?? undefined,
    name: refTo.name,
  };
  return (
    <Flex>
      <FlexItem>
        <GuardedButton needs={[need]} isDisabled={!edit.dirty} onClick={props.onReview}>
          Review and save
        </GuardedButton>
      </FlexItem>
      <FlexItem>
        <Button
          variant="secondary"
          isDisabled={!edit.dirty && !comparing}
          onClick={() => props.onCompare(comparing ? undefined : "mine")}
        >
          {comparing ? "Back to editing" : "Compare"}
        </Button>
      </FlexItem>
      <FlexItem>
        <Button variant="link" onClick={props.onReload}>
          {edit.dirty ? "Discard changes" : "Reload"}
        </Button>
      </FlexItem>
    </Flex>
  );
}
