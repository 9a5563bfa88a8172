import {
  Form,
  FormFieldGroup,
  FormFieldGroupHeader,
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  NumberInput,
} from "@patternfly/react-core";
import { EnvFields } from "./env-fields.tsx";
import type { KymaFunction } from "./kyma-function.ts";
import { runtimes } from "./kyma-function.ts";
import { PairFields } from "./pair-fields.tsx";
import type { FunctionDraft } from "./use-function-draft.ts";

const profiles = [
  { value: "XS", label: "XS: up to 150m CPU, 256 MiB" },
  { value: "S", label: "S: up to 200m CPU, 256 MiB" },
  { value: "M", label: "M: up to 400m CPU, 512 MiB" },
  { value: "L", label: "L: up to 800m CPU, 1 GiB" },
  { value: "XL", label: "XL: up to 1600m CPU, 2 GiB" },
];

/** Everything about a Function but its code. */
export function ConfigurationTab({ fn, draft }: { fn: KymaFunction; draft: FunctionDraft }) {
  const { value, set } = draft;
  return (
    <Form
      isWidthLimited
      maxWidth="60rem"
      onSubmit={(event) => {
        event.preventDefault();
        void draft.save();
      }}
    >
      <FormFieldGroup
        header={<Head id="env" title="Environment variables" text="The code reads them from process.env." />}
      >
        <EnvFields
          namespace={fn.metadata.namespace ?? ""}
          value={value.env}
          onChange={(env) => set("env", env)}
        />
      </FormFieldGroup>
      <FormGroup label="Replicas" fieldId="replicas">
        <NumberInput
          inputName="replicas"
          inputProps={{ id: "replicas" }}
          inputAriaLabel="Replicas"
          minusBtnAriaLabel="One replica less"
          plusBtnAriaLabel="One replica more"
          min={0}
          value={value.replicas}
          onMinus={() => set("replicas", Math.max(0, value.replicas - 1))}
          onPlus={() => set("replicas", value.replicas + 1)}
          onChange={(event) =>
            set("replicas", Math.max(0, Math.trunc(Number(event.currentTarget.value)) || 0))
          }
        />
        <Hint>
          How many pods run it. It is only written when you change it, so an autoscaler keeps its say.
        </Hint>
      </FormGroup>
      <ProfileField fn={fn} draft={draft} />
      <FormGroup label="Runtime" fieldId="runtime">
        <FormSelect id="runtime" value={value.runtime} onChange={(_event, next) => set("runtime", next)}>
          {runtimes.map((runtime) => (
            <FormSelectOption key={runtime.value} value={runtime.value} label={runtime.label} />
          ))}
          {runtimes.some((runtime) => runtime.value === value.runtime) ? null : (
            <FormSelectOption value={value.runtime} label={value.runtime} />
          )}
        </FormSelect>
      </FormGroup>
      <FormFieldGroup
        header={<Head id="labels" title="Labels of the pods" text="Names and values for selecting pods." />}
      >
        <PairFields what="label" value={value.labels} onChange={(labels) => set("labels", labels)} />
      </FormFieldGroup>
      <FormFieldGroup
        header={<Head id="annotations" title="Annotations of the pods" text="Notes for other tools." />}
      >
        <PairFields
          what="annotation"
          value={value.annotations}
          onChange={(next) => set("annotations", next)}
        />
      </FormFieldGroup>
    </Form>
  );
}

function Head({ id, title, text }: { id: string; title: string; text: string }) {
  return <FormFieldGroupHeader titleText={{ text: title, id: `group-${id}` }} titleDescription={text} />;
}

function Hint({ children }: { children: string }) {
  return (
    <FormHelperText>
      <HelperText>
        <HelperTextItem>{children}</HelperTextItem>
      </HelperText>
    </FormHelperText>
  );
}

function ProfileField({ fn, draft }: { fn: KymaFunction; draft: FunctionDraft }) {
  const inUse = fn.status?.functionResourceProfile;
  const isExplicit = fn.spec.resourceConfiguration?.function?.resources !== undefined;
  return (
    <FormGroup label="Profile" fieldId="profile">
      <FormSelect
        id="profile"
        value={draft.value.profile}
        onChange={(_event, next) => draft.set("profile", next)}
      >
        <FormSelectOption
          value=""
          label={isExplicit ? "Own requests and limits" : "The platform's default"}
        />
        {profiles.map(({ value, label }) => (
          <FormSelectOption key={value} value={value} label={label} />
        ))}
      </FormSelect>
      <Hint>
        {isExplicit
          ? "This Function has requests and limits of its own; a profile replaces them. They are edited as YAML."
          : `Processor time and memory of each pod.${inUse ? ` In use: ${inUse}.` : ""}`}
      </Hint>
    </FormGroup>
  );
}
