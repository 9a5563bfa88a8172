import {
  ActionGroup,
  Alert,
  AlertActionLink,
  Button,
  Form,
  ToggleGroup,
  ToggleGroupItem,
} from "@patternfly/react-core";
import { CopyIcon } from "@patternfly/react-icons";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo, useRef, useState } from "react";
import { useSession } from "#api/session.ts";
import type { AccessNeed } from "#resources/access.ts";
import { draftKey } from "#resources/editor/drafts.ts";
import { useYamlEdit } from "#resources/editor/use-yaml-edit.ts";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { CodeEditor } from "#ui/code-editor.tsx";
import { Loading } from "#ui/loading.tsx";
import { toast } from "#ui/toasts.tsx";
import { checkEventQuery, type FieldProblem } from "./eventing-api.ts";
import { ProblemText } from "./problem-text.tsx";
import { TestEventFields } from "./test-event-fields.tsx";
import {
  curlCommand,
  emptyEvent,
  eventOfInput,
  inputOf,
  otherWay,
  readyToSend,
  type EventForm,
  type EventInput,
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

/** What the publisher would say; an id that is made when it is sent does not count as missing. */
function useEventProblems(reading: EventReading): FieldProblem[] {
  const text = useDeferredValue("text" in reading ? reading.text : undefined);
  const whole = text === undefined ? "" : readyToSend(text, "new", "2000-01-01T00:00:00Z").text;
  const { data } = useQuery({ ...checkEventQuery(whole), enabled: text !== undefined });
  return text === undefined ? [] : (data ?? []);
}

interface Props {
  start: Partial<EventForm>;
  /** Where Subscriptions are looked for by those who may not look everywhere. */
  namespaces: string[] | undefined;
}

/** Writes an event, sends it, and shows which Subscriptions it is for and what their sinks answer. */
export function TestEvent(props: Props) {
  const session = useSession().data;
  return session === undefined ? <Loading what="the form" /> : <Composer {...props} who={session} />;
}

/** What is typed is kept as a draft, one for what it began with. */
function useInput({ start, namespaces, who }: Props & { who: { user: string; cluster: string } }) {
  // What comes later must not overwrite what is typed.
  const [{ initial, key }] = useState(() => {
    const initial = JSON.stringify({ form: { ...emptyEvent, ...start } });
    const { user, cluster } = who;
    const place = {
      group: "",
      plural: "",
      namespace: namespaces?.join(","),
      name: `(test event) ${initial}`,
    };
    return { initial, key: draftKey({ user, cluster, ...place }) };
  });
  const edit = useYamlEdit(initial, key, false);
  const input = useMemo(() => inputOf(edit.text), [edit.text]);
  return { edit, input, setInput: (next: EventInput) => edit.setText(JSON.stringify(next)) };
}

function Composer(props: Props & { who: { user: string; cluster: string } }) {
  const { edit, input, setInput } = useInput(props);
  const [sent, setSent] = useState<SentEvent>();
  const names = useRef(new Set<string>());
  const reading = eventOfInput(input);
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
      {edit.restored && edit.dirty ? <RestoredBar onDiscard={edit.discard} /> : null}
      <Form
        isWidthLimited
        maxWidth="60rem"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Ways input={input} onInput={setInput} />
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

function RestoredBar({ onDiscard }: { onDiscard: () => void }) {
  return (
    <Alert
      isInline
      variant="info"
      title="The event that you typed is back"
      actionLinks={<AlertActionLink onClick={onDiscard}>Begin anew</AlertActionLink>}
    />
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

/** Changes between form and JSON; refused where something that was typed would be lost. */
function Ways({ input, onInput }: { input: EventInput; onInput: (input: EventInput) => void }) {
  const [refused, setRefused] = useState<{ input: EventInput; why: string }>();
  const change = () => {
    const next = otherWay(input);
    if (typeof next === "string") setRefused({ input, why: next });
    else onInput(next);
  };
  return (
    <>
      <ToggleGroup aria-label="How to write the event">
        <ToggleGroupItem
          text="Form"
          buttonId="event-as-form"
          isSelected={input.json === undefined}
          onChange={() => input.json !== undefined && change()}
        />
        <ToggleGroupItem
          text="JSON"
          buttonId="event-as-json"
          isSelected={input.json !== undefined}
          onChange={() => input.json === undefined && change()}
        />
      </ToggleGroup>
      {refused?.input === input ? (
        <Alert isInline isPlain isLiveRegion variant="warning" title={refused.why} />
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
