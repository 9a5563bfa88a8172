import {
  ExpandableSection,
  FormGroup,
  FormSelect,
  FormSelectOption,
  Grid,
  GridItem,
  TextInput,
} from "@patternfly/react-core";
import { useState } from "react";
import type { FieldProblem } from "./eventing-api.ts";
import { problemsAt, ProblemText } from "./problem-text.tsx";
import "./eventing.css";

interface Setting {
  key: string;
  label: string;
  help: string;
  placeholder: string;
}

/** Settings of spec.config that are plain texts; what stands as placeholder is what counts without one. */
export const settings: readonly Setting[] = [
  {
    key: "maxInFlightMessages",
    label: "Events at the same time",
    help: "How many events the sink works on at once.",
    placeholder: "10",
  },
  {
    key: "timeout",
    label: "Longest answer time",
    help: "After that an attempt counts as failed.",
    placeholder: "30s",
  },
  {
    key: "retryCount",
    label: "Retries",
    help: "Further attempts after the first one failed.",
    placeholder: "15",
  },
  {
    key: "retryBackoff",
    label: "First pause",
    help: "Before the first retry; each further pause is twice as long.",
    placeholder: "1s",
  },
  {
    key: "retryMaxBackoff",
    label: "Longest pause",
    help: "Pauses between attempts grow up to this.",
    placeholder: "5m",
  },
  {
    key: "orderingKey",
    label: "In order by attribute",
    help: "Events with equal values of this attribute are delivered one after another.",
    placeholder: "none",
  },
  {
    key: "deadLetterSink",
    label: "Address for dead letters",
    help: "Gets what could not be delivered. Without one they are kept, to be looked at and replayed here.",
    placeholder: "kept here",
  },
];

interface Props {
  config: Readonly<Record<string, string>>;
  problems: readonly FieldProblem[];
  /** Undefined: the default counts. */
  onSetting: (key: string, value: string | undefined) => void;
}

/** How events are delivered: retries, dead letters, order, start. Closed until it is wanted, or wrong. */
export function DeliveryFields(props: Props) {
  const isWrong = props.problems.some(({ field }) => field.startsWith("spec.config"));
  const [open, setOpen] = useState(false);
  return (
    <ExpandableSection
      toggleText="Retries, dead letters and order"
      isExpanded={open || isWrong}
      onToggle={(_event, isOpen) => setOpen(isOpen)}
    >
      <Grid hasGutter md={6}>
        {settings.map((setting) => (
          <GridItem key={setting.key}>
            <SettingField {...props} setting={setting} />
          </GridItem>
        ))}
        <GridItem>
          <StartField {...props} />
        </GridItem>
      </Grid>
      <ProblemText id="subscription-config-help" problems={props.problems.filter(isOfNoField)} />
    </ExpandableSection>
  );
}

/** Of a setting that has no field here, such as one whose name is misspelled, or of all of them. */
function isOfNoField({ field }: FieldProblem): boolean {
  const known = ["deliverFrom", ...settings.map(({ key }) => key)];
  return field.startsWith("spec.config") && !known.some((key) => field === `spec.config.${key}`);
}

function SettingField({ setting, config, problems, onSetting }: Props & { setting: Setting }) {
  const { key, label, help, placeholder } = setting;
  const own = problemsAt(problems, `spec.config.${key}`);
  return (
    <FormGroup label={label} fieldId={`config-${key}`}>
      <TextInput
        id={`config-${key}`}
        value={config[key] ?? ""}
        placeholder={placeholder}
        autoComplete="off"
        aria-describedby={`config-${key}-help`}
        validated={own.some(({ blocks }) => blocks) ? "error" : "default"}
        onChange={(_event, value) => onSetting(key, value === "" ? undefined : value)}
      />
      <ProblemText id={`config-${key}-help`} problems={own}>
        {help}
      </ProblemText>
    </FormGroup>
  );
}

/** Which events a new Subscription begins with. */
function StartField({ config, problems, onSetting }: Props) {
  const from = config["deliverFrom"] ?? "new";
  const isTime = from !== "new" && from !== "all";
  const own = problemsAt(problems, "spec.config.deliverFrom");
  const choose = (value: string) =>
    onSetting(
      "deliverFrom",
      value === "time" ? new Date().toISOString() : value === "new" ? undefined : value,
    );
  return (
    <FormGroup label="Begin with" fieldId="config-deliverFrom">
      <FormSelect
        id="config-deliverFrom"
        value={isTime ? "time" : from}
        aria-describedby="config-deliverFrom-help"
        onChange={(_event, value) => choose(value)}
      >
        <FormSelectOption value="new" label="Events from now on" />
        <FormSelectOption value="all" label="All events that are still stored" />
        <FormSelectOption value="time" label="Stored events since a time" />
      </FormSelect>
      {isTime ? (
        <TextInput
          aria-label="Since when"
          className="kyma-next-field"
          value={from}
          validated={own.length > 0 ? "error" : "default"}
          onChange={(_event, value) => onSetting("deliverFrom", value)}
        />
      ) : null}
      <ProblemText id="config-deliverFrom-help" problems={own}>
        Counts when a type is subscribed to; an event is stored until all who subscribed have it.
      </ProblemText>
    </FormGroup>
  );
}
