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
import { useDeferredValue } from "react";
import { fullHost } from "./api-rule.ts";
import type { ApiRuleForm } from "./api-rule-form-model.ts";
import { gatewaysQuery, hostClaimQuery } from "./api-rules-api.ts";

interface Props {
  form: ApiRuleForm;
  onForm: (form: ApiRuleForm) => void;
  namespace: string;
  isNew: boolean;
}

/** Name, gateway and host. Who holds a host already is said while typing. */
export function HostFields({ form, onForm, namespace, isNew }: Props) {
  const gateways = useQuery(gatewaysQuery).data?.gateways ?? [];
  const gateway = gateways.find(({ ref }) => ref === form.gateway);
  return (
    <>
      <FormGroup label="Name" isRequired fieldId="rule-name">
        <TextInput
          id="rule-name"
          isRequired
          isDisabled={!isNew}
          value={form.name}
          onChange={(_event, name) => onForm({ ...form, name })}
        />
      </FormGroup>
      <FormGroup label="Host" isRequired fieldId="rule-host">
        <TextInput
          id="rule-host"
          isRequired
          autoComplete="off"
          value={form.host}
          onChange={(_event, host) => onForm({ ...form, host })}
        />
        <HostHelp form={form} domain={gateway?.domain} except={isNew ? null : `${namespace}/${form.name}`} />
      </FormGroup>
      <FormGroup label="Gateway" fieldId="rule-gateway">
        <FormSelect
          id="rule-gateway"
          value={form.gateway}
          onChange={(_event, value) => onForm({ ...form, gateway: value })}
        >
          {gateways.some(({ ref }) => ref === form.gateway) ? null : (
            <FormSelectOption value={form.gateway} label={`${form.gateway} (not there)`} />
          )}
          {gateways.map(({ ref, hosts }) => (
            <FormSelectOption key={ref} value={ref} label={`${ref} (${hosts.join(", ")})`} />
          ))}
        </FormSelect>
      </FormGroup>
    </>
  );
}

function HostHelp(props: { form: ApiRuleForm; domain: string | null | undefined; except: string | null }) {
  const host = useDeferredValue(props.form.host.trim());
  const claim = useQuery(hostClaimQuery(host, props.form.gateway, props.except)).data;
  return (
    <FormHelperText>
      <HelperText isLiveRegion>
        {claim ? (
          <HelperTextItem variant="error">
            {claim.host} is taken by {claim.owner}. Choose another host.
          </HelperTextItem>
        ) : (
          <HelperTextItem>
            {host ? `Will be called as ${fullHost(host, props.domain)}` : "For example: orders"}
          </HelperTextItem>
        )}
      </HelperText>
    </FormHelperText>
  );
}
