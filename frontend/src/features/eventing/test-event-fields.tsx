import { ExpandableSection, FormGroup, Grid, GridItem, TextArea, TextInput } from "@patternfly/react-core";
import { useState } from "react";
import { SuggestedInput } from "#ui/suggested-input.tsx";
import type { FieldProblem } from "./eventing-api.ts";
import { problemsAt, ProblemText } from "./problem-text.tsx";
import { eventOf, type EventFault, type EventForm } from "./test-event-model.ts";
import { useSuggestions } from "./use-suggestions.ts";

interface Props {
  form: EventForm;
  onForm: (form: EventForm) => void;
  problems: readonly FieldProblem[];
}

const shownHere = new Set(["id", "source", "type", "subject", "time", "datacontenttype", "data"]);

/** The attributes and the data of a CloudEvent; source and type can be chosen from what is known. */
export function TestEventFields(props: Props) {
  const { form, onForm, problems } = props;
  const faults = faultsAt(form, "data");
  const others = problems.filter(({ field }) => !shownHere.has(field));
  return (
    <>
      <NamingFields {...props} />
      <FormGroup label="Data" fieldId="event-data">
        <TextArea
          id="event-data"
          className="kyma-mono"
          rows={6}
          resizeOrientation="vertical"
          value={form.data}
          aria-describedby="event-data-help"
          validated={faults.length > 0 || problemsAt(problems, "data").length > 0 ? "error" : "default"}
          onChange={(_event, data) => onForm({ ...form, data })}
        />
        <ProblemText id="event-data-help" problems={[...faults, ...problemsAt(problems, "data")]} />
      </FormGroup>
      <MoreFields {...props} problems={problems} />
      {others.length > 0 ? <ProblemText id="event-help" problems={others} /> : null}
    </>
  );
}

/** What keeps one part of the form from becoming an event. */
function faultsAt(form: EventForm, part: EventFault["part"]): FieldProblem[] {
  const reading = eventOf(form);
  if ("text" in reading || reading.part !== part) return [];
  return [{ field: part, message: reading.fault, blocks: true }];
}

function NamingFields({ form, onForm, problems }: Props) {
  const suggested = useSuggestions(form);
  const types = suggested?.types.filter(({ source }) => form.source === "" || source === form.source) ?? [];
  const chooseType = (type: string) => {
    // A type that only one source has says the source, too.
    const sources = new Set(
      suggested?.types.filter((one) => one.type === type && one.source !== "").map(({ source }) => source),
    );
    const [only = ""] = sources.size === 1 ? sources : [];
    onForm({ ...form, type, source: form.source || only });
  };
  return (
    <Grid hasGutter md={6}>
      <GridItem>
        <FormGroup label="Source" isRequired fieldId="event-source">
          <SuggestedInput
            id="event-source"
            what="Known sources"
            value={form.source}
            suggestions={suggested?.sources ?? []}
            isRequired
            isInvalid={form.source !== "" && problemsAt(problems, "source").length > 0}
            describedBy="event-source-help"
            onChange={(source) => onForm({ ...form, source })}
          />
          <ProblemText
            id="event-source-help"
            problems={form.source === "" ? [] : problemsAt(problems, "source")}
          >
            Where the event comes from, for example shop.
          </ProblemText>
        </FormGroup>
      </GridItem>
      <GridItem>
        <FormGroup label="Type" isRequired fieldId="event-type">
          <SuggestedInput
            id="event-type"
            what="Known types"
            value={form.type}
            suggestions={types.map(({ type }) => type)}
            isRequired
            isInvalid={form.type !== "" && problemsAt(problems, "type").length > 0}
            describedBy="event-type-help"
            onChange={chooseType}
          />
          <ProblemText id="event-type-help" problems={form.type === "" ? [] : problemsAt(problems, "type")}>
            For example order.created.v1.
          </ProblemText>
        </FormGroup>
      </GridItem>
    </Grid>
  );
}

interface MoreField {
  field: "id" | "subject" | "time" | "contentType";
  attribute: string;
  label: string;
  help: string;
}

const more: readonly MoreField[] = [
  { field: "id", attribute: "id", label: "Id", help: "Empty: a new one for each event." },
  { field: "subject", attribute: "subject", label: "Subject", help: "What the event is about." },
  {
    field: "time",
    attribute: "time",
    label: "Time",
    help: "For example 2026-01-31T12:00:00Z. Empty: when it is sent.",
  },
  {
    field: "contentType",
    attribute: "datacontenttype",
    label: "Content type of the data",
    help: "For example application/json.",
  },
];

function MoreFields({ form, onForm, problems }: Props) {
  const isWrong = problems.some(({ field }) => more.some(({ attribute }) => attribute === field));
  const faults = faultsAt(form, "extensions");
  const [open, setOpen] = useState([form.id, form.subject, form.time].some((text) => text !== ""));
  return (
    <ExpandableSection
      toggleText="More attributes"
      isExpanded={open || isWrong || form.extensions !== ""}
      onToggle={(_event, isOpen) => setOpen(isOpen)}
    >
      <Grid hasGutter md={6}>
        {more.map(({ field, attribute, label, help }) => (
          <GridItem key={field}>
            <FormGroup label={label} fieldId={`event-${field}`}>
              <TextInput
                id={`event-${field}`}
                autoComplete="off"
                value={form[field]}
                aria-describedby={`event-${field}-help`}
                validated={problemsAt(problems, attribute).length > 0 ? "error" : "default"}
                onChange={(_event, value) => onForm({ ...form, [field]: value })}
              />
              <ProblemText id={`event-${field}-help`} problems={problemsAt(problems, attribute)}>
                {help}
              </ProblemText>
            </FormGroup>
          </GridItem>
        ))}
        <GridItem>
          <FormGroup label="Extensions, one per line" fieldId="event-extensions">
            <TextArea
              id="event-extensions"
              className="kyma-mono"
              rows={2}
              resizeOrientation="vertical"
              placeholder="priority: high"
              value={form.extensions}
              aria-describedby="event-extensions-help"
              validated={faults.length > 0 ? "error" : "default"}
              onChange={(_event, extensions) => onForm({ ...form, extensions })}
            />
            <ProblemText id="event-extensions-help" problems={faults} />
          </FormGroup>
        </GridItem>
      </Grid>
    </ExpandableSection>
  );
}
