import {
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  TextInput,
} from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { objectsQuery } from "#api/objects.ts";
import { serviceType } from "#resources/well-known-types.ts";
import type { ApiRuleForm } from "./api-rule-form-model.ts";

interface Service {
  metadata: { name: string };
  spec: { ports?: { name?: string; port: number }[]; selector?: Record<string, string> };
}

/** Services of a namespace as choices "name:port"; the present one stays a choice even when it is not there. */
export function useServiceChoices(
  namespace: string,
  name: string,
  port: string,
): { value: string; label: string }[] {
  const services = useQuery(objectsQuery<Service>(serviceType, namespace)).data ?? [];
  const choices = services
    .filter(({ spec }) => spec.selector)
    .flatMap(({ metadata, spec }) =>
      (spec.ports ?? []).map((each) => ({
        value: `${metadata.name}:${each.port}`,
        label: `${metadata.name}, port ${each.port}`,
      })),
    );
  const present = `${name}:${port}`;
  if (name === "" || choices.some(({ value }) => value === present)) return choices;
  return [{ value: present, label: `${name}, port ${port} (not there)` }, ...choices];
}

/** "name:port" → its parts. */
export function serviceChoice(value: string): { serviceName: string; servicePort: string } {
  const [serviceName = "", servicePort = ""] = value.split(":");
  return { serviceName, servicePort };
}

/** Which Service gets the traffic, and for how long a request may take. */
export function ServiceFields(props: {
  form: ApiRuleForm;
  onForm: (form: ApiRuleForm) => void;
  namespace: string;
}) {
  const { form, onForm } = props;
  const choices = useServiceChoices(props.namespace, form.serviceName, form.servicePort);
  const suggest = (value: string) => {
    const service = serviceChoice(value);
    const untouched = form.host === form.serviceName && form.name === form.serviceName;
    onForm({
      ...form,
      ...service,
      ...(untouched ? { host: service.serviceName, name: service.serviceName } : {}),
    });
  };
  return (
    <>
      <FormGroup label="Service" fieldId="rule-service">
        <FormSelect
          id="rule-service"
          value={form.serviceName ? `${form.serviceName}:${form.servicePort}` : ""}
          onChange={(_event, value) => suggest(value)}
        >
          <FormSelectOption
            value=""
            label={choices.length > 0 ? "Choose a Service" : `No Services in ${props.namespace}`}
          />
          {choices.map(({ value, label }) => (
            <FormSelectOption key={value} value={value} label={label} />
          ))}
        </FormSelect>
        <FormHelperText>
          <HelperText>
            <HelperTextItem>
              A Function has a Service of its own name. A single rule may name another one.
            </HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
      <FormGroup label="Time-out in seconds" fieldId="rule-timeout">
        <TextInput
          id="rule-timeout"
          type="number"
          min={1}
          max={3900}
          placeholder="180"
          value={form.timeout}
          onChange={(_event, timeout) => onForm({ ...form, timeout })}
        />
      </FormGroup>
    </>
  );
}
