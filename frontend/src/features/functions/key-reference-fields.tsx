import { Button, Flex, FlexItem, FormSelect, FormSelectOption } from "@patternfly/react-core";
import { useState } from "react";
import { useObjects } from "#api/resources.ts";
import type { KubeObject } from "#resources/kube-objects.ts";
import { configMapType, secretType } from "#resources/well-known-types.ts";
import { CreateSecret } from "./create-secret.tsx";
import type { KeyReference } from "./kyma-function.ts";

function keysOf(object: KubeObject | undefined): string[] {
  return [...Object.keys(object?.["data"] ?? {}), ...Object.keys(object?.["binaryData"] ?? {})];
}

/** What is chosen stays in the list even when it does not exist (yet). */
function optionsWith(options: readonly string[], chosen: string): string[] {
  return chosen === "" || options.includes(chosen) ? [...options] : [chosen, ...options];
}

/** Picks a Secret or ConfigMap of the namespace and one of its keys; a Secret can be created on the spot. */
export function KeyReferenceFields(props: {
  namespace: string;
  source: "secret" | "configMap";
  /** Of the variable. */
  title: string;
  value: KeyReference;
  onChange: (reference: KeyReference) => void;
}) {
  const [creating, setCreating] = useState(false);
  const isSecret = props.source === "secret";
  const live = useObjects({ type: isSecret ? secretType : configMapType, namespace: props.namespace });
  const objects = [...(live.value?.objects.values() ?? [])] as KubeObject[];
  const kind = isSecret ? "Secret" : "ConfigMap";
  const { name = "", key } = props.value;
  const chosen = objects.find(({ metadata }) => metadata.name === name);
  const choose = (next: string) => {
    const keys = keysOf(objects.find(({ metadata }) => metadata.name === next));
    props.onChange({ ...props.value, name: next, key: keys.length === 1 ? (keys[0] ?? "") : "" });
  };
  return (
    <Flex gap={{ default: "gapSm" }}>
      <FlexItem>
        <FormSelect
          aria-label={`${kind} for ${props.title}`}
          value={name}
          onChange={(_event, next) => choose(next)}
        >
          <FormSelectOption value="" label={`Choose a ${kind}`} isPlaceholder />
          {optionsWith(objects.map(({ metadata }) => metadata.name).toSorted(), name).map((option) => (
            <FormSelectOption key={option} value={option} label={option} />
          ))}
        </FormSelect>
      </FlexItem>
      <FlexItem>
        <FormSelect
          aria-label={`Key for ${props.title}`}
          value={key}
          onChange={(_event, next) => props.onChange({ ...props.value, key: next })}
        >
          <FormSelectOption value="" label="Choose a key" isPlaceholder />
          {optionsWith(keysOf(chosen), key).map((option) => (
            <FormSelectOption key={option} value={option} label={option} />
          ))}
        </FormSelect>
      </FlexItem>
      {isSecret ? (
        <Button variant="link" onClick={() => setCreating(true)}>
          Create a Secret
        </Button>
      ) : null}
      {creating ? (
        <CreateSecret
          namespace={props.namespace}
          onCreated={(secret, firstKey) => props.onChange({ name: secret, key: firstKey })}
          onClose={() => setCreating(false)}
        />
      ) : null}
    </Flex>
  );
}
