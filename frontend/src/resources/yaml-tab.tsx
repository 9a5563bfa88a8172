import { Alert, AlertActionLink, Button, Flex, FlexItem, Stack, StackItem } from "@patternfly/react-core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ConflictError } from "#api/errors.ts";
import type { ObjectRef } from "#api/generated/graphql.ts";
import { applyYaml, yamlQuery } from "#api/objects.ts";
import { CodeEditor, DiffView } from "#ui/code-editor.tsx";
import { ErrorAlert, ErrorState } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { toast } from "#ui/toasts.tsx";
import type { SaveConflict } from "./conflict-dialog.tsx";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { LeaveGuard } from "./leave-guard.tsx";

/** The object as YAML, to read and to edit. `resourceVersion` is that of the live object. */
export function YamlTab({
  refTo,
  resourceVersion,
}: {
  refTo: ObjectRef;
  resourceVersion: string | undefined;
}) {
  const yaml = useQuery(yamlQuery(refTo));
  const queryClient = useQueryClient();
  if (yaml.error) {
    return (
      <ErrorState title="The YAML cannot be shown" error={yaml.error} retry={() => void yaml.refetch()} />
    );
  }
  if (yaml.data === undefined) return <Loading what="the YAML" />;
  const { queryKey } = yamlQuery(refTo);
  return (
    <YamlEditor
      key={yaml.dataUpdatedAt}
      refTo={refTo}
      loaded={yaml.data}
      isOld={resourceVersion !== undefined && !yaml.data.includes(`resourceVersion: "${resourceVersion}"`)}
      onReload={() => void queryClient.resetQueries({ queryKey })}
    />
  );
}

function YamlEditor(props: { refTo: ObjectRef; loaded: string; isOld: boolean; onReload: () => void }) {
  const [text, setText] = useState(props.loaded);
  const [comparing, setComparing] = useState(false);
  const dirty = text !== props.loaded;
  const save = useYamlSave(props.refTo, text, props.onReload);
  return (
    <Stack hasGutter>
      {props.isOld ? (
        <StackItem>
          <Alert
            isInline
            variant="info"
            title="The object has changed since this text was loaded"
            actionLinks={
              <AlertActionLink onClick={props.onReload}>
                {dirty ? "Load it again and drop my changes" : "Load it again"}
              </AlertActionLink>
            }
          />
        </StackItem>
      ) : null}
      {save.error === undefined ? null : (
        <StackItem>
          <ErrorAlert title="The YAML was not applied" error={save.error} />
        </StackItem>
      )}
      <StackItem>
        {comparing ? (
          <DiffView label="Changes" language="yaml" before={props.loaded} after={text} height="32rem" />
        ) : (
          <CodeEditor
            label={`YAML of ${props.refTo.name}`}
            language="yaml"
            fileName="object.yaml"
            value={text}
            onChange={setText}
            onSave={() => void save.run(false)}
            height="32rem"
          />
        )}
      </StackItem>
      <StackItem>
        <Flex>
          <FlexItem>
            <Button
              isDisabled={!dirty || save.busy}
              isLoading={save.busy}
              onClick={() => void save.run(false)}
            >
              Save
            </Button>
          </FlexItem>
          <FlexItem>
            <Button variant="secondary" isDisabled={!dirty} onClick={() => setComparing(!comparing)}>
              {comparing ? "Edit" : "Review changes"}
            </Button>
          </FlexItem>
          <FlexItem>
            <Button variant="link" onClick={props.onReload}>
              {dirty ? "Discard changes" : "Reload"}
            </Button>
          </FlexItem>
        </Flex>
      </StackItem>
      {save.conflict ? (
        <ConflictDialog
          conflict={save.conflict}
          onClose={save.closeConflict}
          onTheirs={props.onReload}
          onMine={() => void save.run(true)}
        />
      ) : null}
      <LeaveGuard dirty={dirty} keeps="The changes to the YAML are lost when you leave." />
    </Stack>
  );
}

function useYamlSave(ref: ObjectRef, text: string, onSaved: () => void) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [conflict, setConflict] = useState<SaveConflict>();
  const run = async (force: boolean) => {
    setBusy(true);
    setError(undefined);
    setConflict(undefined);
    try {
      const { conflicts } = await applyYaml(ref, text, { force });
      if (conflicts.length > 0) setConflict({ fields: conflicts });
      else {
        toast("success", `${ref.name} was saved`);
        onSaved();
      }
    } catch (cause) {
      if (cause instanceof ConflictError) setConflict({ fields: [], message: cause.message });
      else setError(cause);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, conflict, run, closeConflict: () => setConflict(undefined) };
}
