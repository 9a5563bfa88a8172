import {
  ActionGroup,
  Alert,
  Button,
  Form,
  FormGroup,
  Grid,
  GridItem,
  TextInput,
} from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { accessQuery, grantorsQuery, type AccessQuestion } from "#api/access.ts";
import { errorMessage } from "#api/errors.ts";
import { apiResourcesQuery } from "#api/objects.ts";
import { missingText } from "#resources/access.ts";
import { grantorsText } from "#resources/grantors-text.ts";
import { matrixVerbs } from "./access-matrix.ts";
import { questionOf, type CanIDraft } from "./can-i.ts";

const moreVerbs = ["deletecollection", "impersonate", "bind", "escalate", "approve", "use"];

/** One right asked for by name, as `kubectl auth can-i` does. */
export function CanIForm({ namespace }: { namespace: string | undefined }) {
  const [draft, setDraft] = useState<CanIDraft>({
    verb: "get",
    resource: "pods",
    namespace: namespace ?? "",
    name: "",
  });
  const [asked, setAsked] = useState<AccessQuestion>();
  const served = useQuery(apiResourcesQuery);
  const question = questionOf(draft, served.data ?? []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(question);
  };
  const field = (key: keyof CanIDraft) => ({
    value: draft[key],
    onChange: (_event: unknown, value: string) => setDraft({ ...draft, [key]: value }),
  });
  return (
    <Form className="kyma-tab" onSubmit={submit} aria-label="Can I…?">
      <Grid hasGutter md={6} lg={3}>
        <Suggested id="can-verb" label="Verb" of={[...matrixVerbs, ...moreVerbs]} {...field("verb")} />
        <Suggested
          id="can-resource"
          label="Kind, as kubectl names it"
          of={(served.data ?? []).map(({ group, plural }) => (group === "" ? plural : `${plural}.${group}`))}
          {...field("resource")}
        />
        <Suggested id="can-namespace" label="Namespace (empty: all)" of={[]} {...field("namespace")} />
        <Suggested id="can-name" label="Name (empty: any)" of={[]} {...field("name")} />
      </Grid>
      <ActionGroup>
        <Button type="submit" isDisabled={question === undefined}>
          Ask
        </Button>
      </ActionGroup>
      {asked ? <Answer question={asked} /> : null}
    </Form>
  );
}

function Suggested(props: {
  id: string;
  label: string;
  of: readonly string[];
  value: string;
  onChange: (event: unknown, value: string) => void;
}) {
  const listId = `${props.id}-list`;
  return (
    <GridItem>
      <FormGroup label={props.label} fieldId={props.id}>
        <TextInput
          id={props.id}
          list={listId}
          autoComplete="off"
          spellCheck={false}
          value={props.value}
          onChange={props.onChange}
        />
        <datalist id={listId}>
          {props.of.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </datalist>
      </FormGroup>
    </GridItem>
  );
}

function Answer({ question }: { question: AccessQuestion }) {
  const { data, error } = useQuery(accessQuery(question));
  const who = useQuery({ ...grantorsQuery(question), enabled: data?.allowed === false });
  if (error) {
    return (
      <Alert isInline variant="warning" title="There is no answer">
        {errorMessage(error)}
      </Alert>
    );
  }
  if (!data) return null;
  return data.allowed ? (
    <Alert isInline isLiveRegion variant="success" title="Yes">
      {data.reason ?? "The cluster gives no reason."}
    </Alert>
  ) : (
    <Alert isInline isLiveRegion variant="danger" title={`No. ${missingText(question)}`}>
      <p>{data.message}</p>
      <p>{who.data ? grantorsText(who.data) : null}</p>
    </Alert>
  );
}
