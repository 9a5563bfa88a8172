import { Button, Modal, ModalBody, ModalFooter, ModalHeader, Stack, StackItem } from "@patternfly/react-core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { stringify } from "yaml";
import { createObject } from "#api/objects.ts";
import { Against } from "#resources/editor/review-dialog.tsx";
import { CodeEditor } from "#ui/code-editor.tsx";
import { ErrorAlert } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { checkText } from "./check-text.ts";

/** Asks the API server what it would store, shows it, and creates it. */
export function CreateReview(props: {
  name: string;
  text: string;
  object: unknown;
  onClose: () => void;
  onCreated: () => void;
}) {
  const { name, text, object } = props;
  const tried = useQuery({
    queryKey: ["create-dry-run", text],
    queryFn: async () => {
      const against = await checkText(text);
      return { against, stored: against.length > 0 ? undefined : await createObject(object, true) };
    },
    retry: false,
    gcTime: 0,
  });
  const create = useMutation({ mutationFn: () => createObject(object), onSuccess: props.onCreated });
  const error = create.error ?? tried.error;
  const stored = tried.data?.stored;
  return (
    <Modal isOpen variant="large" onClose={props.onClose} aria-labelledby="create-review-title">
      <ModalHeader
        labelId="create-review-title"
        title={`Review the new Subscription ${name}`}
        description="This is what the API server would store. Nothing is written yet."
      />
      <ModalBody>
        <Stack hasGutter>
          {error ? (
            <StackItem>
              <ErrorAlert title="Nothing was written" error={error} />
            </StackItem>
          ) : null}
          <Against problems={tried.data?.against ?? []} />
          {tried.isPending ? <Loading what="what would be stored" /> : null}
          {stored === undefined ? null : (
            <StackItem>
              <CodeEditor
                label="What would be stored"
                language="yaml"
                fileName="stored.yaml"
                value={stringify(stored)}
                readOnly
                height="24rem"
              />
            </StackItem>
          )}
        </Stack>
      </ModalBody>
      <ModalFooter>
        <Button
          isDisabled={stored === undefined || create.isPending}
          isLoading={create.isPending}
          onClick={() => create.mutate()}
        >
          Create
        </Button>
        <Button variant="link" onClick={props.onClose}>
          Keep editing
        </Button>
      </ModalFooter>
    </Modal>
  );
}
