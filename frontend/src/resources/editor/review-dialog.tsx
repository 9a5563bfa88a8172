import {
  Alert,
  Button,
  Content,
  List,
  ListItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  Stack,
  StackItem,
} from "@patternfly/react-core";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { ComponentProps } from "react";
import { useEffect, useEffectEvent, useState } from "react";
import { saveYaml, type EditConflict, type SaveResult } from "#api/editing.ts";
import type { ObjectRef } from "#api/generated/graphql.ts";
import { DiffView } from "#ui/code-editor.tsx";
import { ErrorAlert } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { ConflictTable, type Side } from "./conflict-table.tsx";

interface Edit {
  ref: ObjectRef;
  base: string;
  text: string;
}

/** Asks the API server what a save would do, shows it, and saves. Nothing typed is lost by closing it. */
export function ReviewDialog(props: {
  edit: Edit;
  onClose: () => void;
  onSaved: (result: SaveResult) => void;
  onFaults: (faults: { line: number; message: string }[]) => void;
  /** What stands against the text although the API server would take it, in sentences. */
  check?: ((text: string) => Promise<string[]>) | undefined;
}) {
  const { edit, onFaults } = props;
  const [conflicts, setConflicts] = useState<readonly EditConflict[]>([]);
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map());
  const ask = (decided: ReadonlyMap<string, Side>, dryRun: boolean) => {
    const list = [...decided].map(([field, take]) => ({ field, take }));
    return saveYaml(edit.ref, { base: edit.base, text: edit.text, choices: list, dryRun });
  };
  const take = (result: SaveResult) => {
    if (result.conflicts.length > 0) setConflicts(result.conflicts);
    onFaults(faultsOf(result));
  };
  const check = useMutation({ mutationFn: (decided: typeof choices) => ask(decided, true), onSuccess: take });
  const save = useMutation({
    mutationFn: () => ask(choices, false),
    onSuccess: (result) => {
      take(result);
      if (result.conflicts.length === 0 && !result.refusal) props.onSaved(result);
      else check.reset();
    },
  });
  const checkFirst = useEffectEvent(() => check.mutate(choices));
  useEffect(() => checkFirst(), []);
  const decide = (next: ReadonlyMap<string, Side>) => {
    setChoices(next);
    save.reset();
    if (conflicts.every(({ field }) => next.has(field))) check.mutate(next);
  };
  const shown = save.data ?? check.data;
  const against = useAgainst(edit.text, props.check);
  const ready =
    check.data && check.data.conflicts.length === 0 && !check.data.refusal && against?.length === 0;
  const nothing = ready && check.data.method === "NOTHING";
  return (
    <Modal isOpen variant="large" onClose={props.onClose} aria-labelledby="review-title">
      <ModalHeader
        labelId="review-title"
        title={`Review the changes to ${edit.ref.name}`}
        description="This is what the API server would store. Nothing is written yet."
      />
      <ModalBody>
        <Stack hasGutter>
          <Conflicts conflicts={conflicts} choices={choices} onChoices={decide} />
          <Failures error={save.error ?? check.error} result={shown} />
          <Against problems={against ?? []} />
          {check.isPending ? <Loading what="what would change" /> : null}
          {ready && !check.isPending ? <Preview result={check.data} nothing={nothing === true} /> : null}
        </Stack>
      </ModalBody>
      <ModalFooter>
        <Button
          isDisabled={!ready || nothing === true || check.isPending || save.isPending}
          isLoading={save.isPending}
          onClick={() => save.mutate()}
        >
          Save
        </Button>
        <Button variant="link" onClick={props.onClose}>
          {conflicts.length > 0 ? "Cancel, keep editing" : "Keep editing"}
        </Button>
      </ModalFooter>
    </Modal>
  );
}

function Conflicts(props: ComponentProps<typeof ConflictTable>) {
  if (props.conflicts.length === 0) return null;
  return (
    <StackItem>
      <Alert isInline isLiveRegion variant="warning" title="Others manage or changed fields that you edited">
        Choose for each field. Your text stays in the editor either way. Who is overruled may set the field
        again.
      </Alert>
      <ConflictTable {...props} />
    </StackItem>
  );
}

/** What the check says against the text; undefined until it is known. One that fails stands in nobody's way. */
function useAgainst(
  text: string,
  check: ((text: string) => Promise<string[]>) | undefined,
): readonly string[] | undefined {
  const { data, isError } = useQuery({
    queryKey: ["check-text", text],
    queryFn: () => check?.(text) ?? [],
    gcTime: 0,
  });
  return isError ? [] : data;
}

/** Problems that keep it from being saved. */
export function Against({ problems }: { problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <StackItem>
      <Alert isInline isLiveRegion variant="danger" title="This would not work">
        <List isPlain>
          {problems.map((problem) => (
            <ListItem key={problem}>{problem}</ListItem>
          ))}
        </List>
      </Alert>
    </StackItem>
  );
}

function faultsOf({ refusal }: SaveResult): { line: number; message: string }[] {
  return (refusal?.causes ?? []).flatMap(({ line, message }) => (line ? [{ line, message }] : []));
}

function Failures({ error, result }: { error: unknown; result: SaveResult | undefined }) {
  if (error) {
    return (
      <StackItem>
        <ErrorAlert title="Nothing was written" error={error} />
      </StackItem>
    );
  }
  if (!result?.refusal) return null;
  const { message, causes } = result.refusal;
  return (
    <StackItem>
      <Alert isInline isLiveRegion variant="danger" title="The API server refuses this; nothing was written">
        {causes.length === 0 ? message : null}
        <List isPlain>
          {causes.map((cause) => (
            <ListItem key={`${cause.field} ${cause.message}`}>
              {cause.line ? `Line ${cause.line}: ` : ""}
              <code>{cause.field}</code> {cause.message}
            </ListItem>
          ))}
        </List>
      </Alert>
    </StackItem>
  );
}

function Preview({ result, nothing }: { result: SaveResult; nothing: boolean }) {
  if (nothing) return <Content component="p">Nothing would change.</Content>;
  return (
    <>
      {result.ignored.length > 0 ? (
        <StackItem>
          <Alert isInline variant="warning" title="The API server would not keep this as you wrote it">
            <List isPlain>
              {result.ignored.map(({ field, mine, result: kept }) => (
                <ListItem key={field}>
                  <code>{field}</code>: {mine ?? "removed"} → {kept ?? "not set"}
                  {field.startsWith(".status") ? " (controllers write the status)" : ""}
                </ListItem>
              ))}
            </List>
          </Alert>
        </StackItem>
      ) : null}
      <StackItem>
        <DiffView
          label="Stored now, and after saving"
          language="yaml"
          before={result.stored}
          after={result.result ?? ""}
          height="24rem"
        />
      </StackItem>
    </>
  );
}
