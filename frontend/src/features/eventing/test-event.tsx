import { ActionGroup, Alert, Button, Form, ToggleGroup, ToggleGroupItem } from "@patternfly/react-core";
import { CopyIcon } from "@patternfly/react-icons";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useRef, useState } from "react";
import type { AccessNeed } from "#resources/access.ts";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { CodeEditor } from "#ui/code-editor.tsx";
import { indentJson } from "#ui/json-text.ts";
import { toast } from "#ui/toasts.tsx";
import { checkEventQuery, type FieldProblem } from "./eventing-api.ts";
import { ProblemText } from "./problem-text.tsx";
import { TestEventFields } from "./test-event-fields.tsx";
import {
  curlCommand,
  emptyEvent,
  eventOf,
  eventOfJson,
  formOf,
  readyToSend,
  type EventForm,
  type EventReading,
} from "./test-event-model.ts";
import { TestEventResult, type SentEvent } from "./test-event-result.tsx";

/** Publishing goes through the API server's proxy, as the user. */
const sendNeed: AccessNeed = {
  verb: "create",
  group: "",
  resource: "services",
  subresource: "proxy",
  namespace: "kyma-system",
  name: "eventing-publisher-proxy:80",
};

interface Input {
  form: EventForm;
  /** JSON text; undefined while the form is shown. */
  json: string | undefined;
}

/** What the publisher would say; an id that is made when it is sent does not count as missing. */
function useEventProblems(reading: EventReading): FieldProblem[] {
  const text = useDeferredValue("text" in reading ? reading.text : undefined);
  const whole = text === undefined ? "" : readyToSend(text, "new", "2000-01-01T00:00:00Z").text;
  const { data } = useQuery({ ...checkEventQuery(whole), enabled: text !== undefined });
  return text === undefined ? [] : (data ?? []);
}

/** Writes an event, sends it, and shows which Subscriptions it is for and what their sinks answer. */
export function TestEvent(props: {
  start: Partial<EventForm>;
  /** Where Subscriptions are looked for by those who may not look everywhere. */
  namespaces: string[] | undefined;
}) {
  const [input, setInput] = useState<Input>({ form: { ...emptyEvent, ...props.start }, json: undefined });
  const [sent, setSent] = useState<SentEvent>();
  const names = useRef(new Set<string>());
  const reading = input.json === undefined ? eventOf(input.form) : eventOfJson(input.json);
  const problems = useEventProblems(reading);
  const ready = "text" in reading && problems.length === 0;
  const complete = () =>
    "text" in reading ? readyToSend(reading.text, crypto.randomUUID(), new Date().toISOString()) : undefined;
  const send = () => {
    const event = complete();
    if (!ready || !event) return;
    const name = JSON.stringify([event.names.source, event.names.id]);
    setSent({ ...event, run: crypto.randomUUID(), isRepeated: names.current.has(name) });
    names.current.add(name);
  };
  return (
    <>
      <Form
        isWidthLimited
        maxWidth="60rem"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Ways input={input} reading={reading} onInput={setInput} />
        {input.json === undefined ? (
          <TestEventFields
            form={input.form}
            problems={problems}
            onForm={(form) => setInput({ ...input, form })}
          />
        ) : (
          <JsonInput
            json={input.json}
            problems={"fault" in reading ? [faultOf(reading.fault)] : problems}
            onJson={(json) => setInput({ ...input, json })}
          />
        )}
        <ActionGroup>
          <GuardedButton type="submit" needs={[sendNeed]} isDisabled={!ready}>
            Send
          </GuardedButton>
          <Button
            variant="secondary"
            icon={<CopyIcon />}
            isDisabled={!ready}
            onClick={() => void copyCurl(complete()?.text ?? "")}
          >
            Copy as curl
          </Button>
        </ActionGroup>
      </Form>
      {sent ? <TestEventResult key={sent.run} sent={sent} namespaces={props.namespaces} /> : null}
    </>
  );
}

function faultOf(message: string): FieldProblem {
  return { field: "", message, blocks: true };
}

async function copyCurl(event: string): Promise<void> {
  const command = curlCommand(event);
  try {
    await navigator.clipboard.writeText(command);
    toast("success", "The command was copied", "It works inside the cluster.");
  } catch {
    toast("info", "Copy this command", command);
  }
}

function Ways(props: { input: Input; reading: EventReading; onInput: (input: Input) => void }) {
  const { input, reading } = props;
  const [refused, setRefused] = useState(false);
  const toForm = () => {
    const form = "text" in reading ? formOf(reading.text) : undefined;
    setRefused(form === undefined);
    if (form) props.onInput({ form, json: undefined });
  };
  const toJson = () => {
    const event = "text" in reading ? reading.text : '{"specversion":"1.0"}';
    props.onInput({ ...input, json: indentJson(event) });
  };
  return (
    <>
      <ToggleGroup aria-label="How to write the event">
        <ToggleGroupItem
          text="Form"
          buttonId="event-as-form"
          isSelected={input.json === undefined}
          onChange={() => input.json !== undefined && toForm()}
        />
        <ToggleGroupItem
          text="JSON"
          buttonId="event-as-json"
          isSelected={input.json !== undefined}
          onChange={() => input.json === undefined && toJson()}
        />
      </ToggleGroup>
      {refused && input.json !== undefined ? (
        <Alert
          isInline
          isPlain
          variant="warning"
          title="The form cannot show this event; mend the JSON first."
        />
      ) : null}
    </>
  );
}

function JsonInput(props: {
  json: string;
  problems: readonly FieldProblem[];
  onJson: (json: string) => void;
}) {
  return (
    <>
      <CodeEditor
        label="The CloudEvent"
        language="json"
        fileName="test-event.json"
        value={props.json}
        onChange={props.onJson}
        height="20rem"
      />
      <ProblemText id="event-json-help" problems={props.problems}>
        A CloudEvent in JSON. Without id and time it gets them when it is sent.
      </ProblemText>
    </>
  );
}
