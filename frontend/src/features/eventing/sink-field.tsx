import {
  FormGroup,
  FormSelect,
  FormSelectOption,
  FormSelectOptionGroup,
  TextInput,
} from "@patternfly/react-core";
import { useState } from "react";
import type { FieldProblem } from "./eventing-api.ts";
import { ProblemText } from "./problem-text.tsx";
import { useSinkChoices } from "./sinks.ts";
import "./eventing.css";

const another = "another";

/** Chooses who gets the events: a Function, a port of a Service, or another address. */
export function SinkField(props: {
  namespace: string;
  sink: string;
  problems: readonly FieldProblem[];
  onSink: (sink: string) => void;
}) {
  const { namespace, sink } = props;
  const { functions, services, faults } = useSinkChoices(namespace);
  const [typing, setTyping] = useState(false);
  const isKnown = [...functions, ...services].some(({ url }) => url === sink);
  const isAnother = typing || (sink !== "" && !isKnown);
  const isInvalid = props.problems.some(({ blocks }) => blocks);
  const choose = (value: string) => {
    setTyping(value === another);
    if (value !== another) props.onSink(value);
  };
  return (
    <FormGroup label="Sink" isRequired fieldId="subscription-sink">
      <FormSelect
        id="subscription-sink"
        value={isAnother ? another : sink}
        validated={isInvalid && !isAnother ? "error" : "default"}
        aria-describedby="subscription-sink-help"
        onChange={(_event, value) => choose(value)}
      >
        <FormSelectOption value="" label="Choose who gets the events" isPlaceholder />
        {functions.length > 0 ? (
          <FormSelectOptionGroup label="Functions">
            {functions.map(({ url, label }) => (
              <FormSelectOption key={url} value={url} label={label} />
            ))}
          </FormSelectOptionGroup>
        ) : null}
        {services.length > 0 ? (
          <FormSelectOptionGroup label="Services">
            {services.map(({ url, label }) => (
              <FormSelectOption key={url} value={url} label={label} />
            ))}
          </FormSelectOptionGroup>
        ) : null}
        <FormSelectOption value={another} label="Another address" />
      </FormSelect>
      {isAnother ? (
        <TextInput
          id="subscription-sink-url"
          aria-label="Address of the sink"
          aria-describedby="subscription-sink-help"
          className="kyma-next-field"
          type="url"
          placeholder={`http://name.${namespace || "namespace"}.svc.cluster.local/path`}
          value={sink}
          validated={isInvalid ? "error" : "default"}
          onChange={(_event, value) => {
            // The field stays while it is typed in, whatever stands in it.
            setTyping(true);
            props.onSink(value);
          }}
        />
      ) : null}
      <ProblemText
        id="subscription-sink-help"
        problems={[
          ...props.problems,
          ...faults.map((message) => ({ field: "spec.sink", message, blocks: false })),
        ]}
      >
        Who gets the events, by POST.
      </ProblemText>
    </FormGroup>
  );
}
