import {
  Alert,
  Button,
  Card,
  CardBody,
  Flex,
  FlexItem,
  FormSelect,
  FormSelectOption,
  TextInput,
} from "@patternfly/react-core";
import { MinusCircleIcon, PlusCircleIcon } from "@patternfly/react-icons";
import type { EnvSource } from "./env-model.ts";
import { envProblem, envSource, keyReference, withSource } from "./env-model.ts";
import { KeyReferenceFields } from "./key-reference-fields.tsx";
import type { EnvEntry } from "./kyma-function.ts";

/** The Function's environment variables. */
export function EnvFields(props: {
  namespace: string;
  value: readonly EnvEntry[];
  onChange: (value: EnvEntry[]) => void;
}) {
  const { value } = props;
  const setAt = (index: number, entry: EnvEntry) =>
    props.onChange(value.map((old, at) => (at === index ? entry : old)));
  return (
    <Flex direction={{ default: "column" }} gap={{ default: "gapSm" }}>
      {value.map((entry, index) => {
        const problem = envProblem(entry, value);
        return (
          // Entries have no identity but their place: names are being typed.
          // oxlint-disable-next-line react/no-array-index-key
          <Card key={index} isCompact variant="secondary">
            <CardBody>
              <EnvRow
                namespace={props.namespace}
                position={index + 1}
                entry={entry}
                onChange={(next) => setAt(index, next)}
                onRemove={() => props.onChange(value.filter((_entry, at) => at !== index))}
              />
              {problem ? <Alert isInline isPlain variant="warning" title={problem} /> : null}
            </CardBody>
          </Card>
        );
      })}
      <FlexItem>
        <Button
          variant="link"
          isInline
          icon={<PlusCircleIcon />}
          onClick={() => props.onChange([...value, { name: "", value: "" }])}
        >
          Add variable
        </Button>
      </FlexItem>
    </Flex>
  );
}

const sourceLabels: Record<EnvSource, string> = {
  value: "Value",
  secret: "Key of a Secret",
  configMap: "Key of a ConfigMap",
  other: "Other (kept as it is)",
};

function EnvRow(props: {
  namespace: string;
  position: number;
  entry: EnvEntry;
  onChange: (entry: EnvEntry) => void;
  onRemove: () => void;
}) {
  const { entry } = props;
  const source = envSource(entry);
  const title = entry.name === "" ? `variable ${props.position}` : entry.name;
  return (
    <Flex gap={{ default: "gapSm" }} alignItems={{ default: "alignItemsFlexStart" }}>
      <FlexItem>
        <TextInput
          aria-label={`Name of variable ${props.position}`}
          placeholder="NAME"
          value={entry.name}
          onChange={(_event, name) => props.onChange({ ...entry, name })}
        />
      </FlexItem>
      <FlexItem>
        <FormSelect
          aria-label={`Where ${title} comes from`}
          value={source}
          isDisabled={source === "other"}
          onChange={(_event, next) =>
            props.onChange(withSource(entry.name, next as "value" | "secret" | "configMap"))
          }
        >
          {(Object.keys(sourceLabels) as EnvSource[])
            .filter((known) => known !== "other" || source === "other")
            .map((known) => (
              <FormSelectOption key={known} value={known} label={sourceLabels[known]} />
            ))}
        </FormSelect>
      </FlexItem>
      <FlexItem grow={{ default: "grow" }}>
        {source === "value" ? (
          <TextInput
            aria-label={`Value of ${title}`}
            placeholder="value"
            value={entry.value ?? ""}
            onChange={(_event, value) => props.onChange({ ...entry, value })}
          />
        ) : source === "other" ? (
          <code className="kyma-break">{JSON.stringify(entry.valueFrom)}</code>
        ) : (
          <KeyReferenceFields
            namespace={props.namespace}
            source={source}
            title={title}
            value={keyReference(entry) ?? { key: "" }}
            onChange={(reference) => props.onChange(withSource(entry.name, source, reference))}
          />
        )}
      </FlexItem>
      <FlexItem>
        <Button
          variant="plain"
          aria-label={`Remove ${title}`}
          icon={<MinusCircleIcon />}
          onClick={props.onRemove}
        />
      </FlexItem>
    </Flex>
  );
}
