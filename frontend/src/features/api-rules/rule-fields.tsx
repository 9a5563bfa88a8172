import {
  Checkbox,
  Flex,
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  Grid,
  GridItem,
  HelperText,
  HelperTextItem,
  Radio,
  TextInput,
} from "@patternfly/react-core";
import { methods } from "./api-rule.ts";
import type { RuleForm } from "./api-rule-form-model.ts";
import { JwtFields } from "./jwt-fields.tsx";
import { serviceChoice, useServiceChoices } from "./service-fields.tsx";

interface Props {
  rule: RuleForm;
  onRule: (rule: RuleForm) => void;
  namespace: string;
}

/** One rule: path, methods, who may call, and what differs from the rest. */
export function RuleFields(props: Props) {
  const { rule, onRule } = props;
  const id = `rule-${rule.id}`;
  return (
    <Grid hasGutter md={6}>
      <GridItem>
        <FormGroup label="Path" isRequired fieldId={`${id}-path`}>
          <TextInput
            id={`${id}-path`}
            isRequired
            value={rule.path}
            onChange={(_event, path) => onRule({ ...rule, path })}
          />
          <FormHelperText>
            <HelperText>
              <HelperTextItem>
                <code>{"/*"}</code> is every path, <code>{"{*}"}</code> one segment, <code>{"{**}"}</code> any
                number of them.
              </HelperTextItem>
            </HelperText>
          </FormHelperText>
        </FormGroup>
      </GridItem>
      <GridItem>
        <MethodBoxes
          id={id}
          chosen={rule.methods}
          onChosen={(chosen) => onRule({ ...rule, methods: chosen })}
        />
      </GridItem>
      <GridItem md={12}>
        <FormGroup label="Who may call" role="radiogroup" isInline fieldId={`${id}-access`}>
          <Radio
            id={`${id}-open`}
            name={`${id}-access`}
            label="Everyone"
            isChecked={rule.access === "open"}
            onChange={() => onRule({ ...rule, access: "open" })}
          />
          <Radio
            id={`${id}-jwt`}
            name={`${id}-access`}
            label="Callers with a JWT"
            isChecked={rule.access === "jwt"}
            onChange={() => onRule({ ...rule, access: "jwt" })}
          />
        </FormGroup>
      </GridItem>
      {rule.access === "jwt" ? (
        <GridItem md={12}>
          <JwtFields id={id} jwt={rule.jwt} onJwt={(jwt) => onRule({ ...rule, jwt })} />
        </GridItem>
      ) : null}
      <RuleOverrides {...props} />
    </Grid>
  );
}

function MethodBoxes(props: { id: string; chosen: string[]; onChosen: (methods: string[]) => void }) {
  const toggle = (method: string, on: boolean) =>
    props.onChosen(on ? [...props.chosen, method] : props.chosen.filter((each) => each !== method));
  return (
    <FormGroup label="Methods" role="group" isRequired fieldId={`${props.id}-methods`}>
      <Flex>
        {methods.map((method) => (
          <Checkbox
            key={method}
            id={`${props.id}-${method}`}
            label={method}
            isChecked={props.chosen.includes(method)}
            onChange={(_event, on) => toggle(method, on)}
          />
        ))}
      </Flex>
    </FormGroup>
  );
}

function RuleOverrides({ rule, onRule, namespace }: Props) {
  const id = `rule-${rule.id}`;
  const choices = useServiceChoices(namespace, rule.serviceName, rule.servicePort);
  return (
    <>
      <GridItem>
        <FormGroup label="Another Service for this rule" fieldId={`${id}-service`}>
          <FormSelect
            id={`${id}-service`}
            value={rule.serviceName ? `${rule.serviceName}:${rule.servicePort}` : ""}
            onChange={(_event, value) => onRule({ ...rule, ...serviceChoice(value) })}
          >
            <FormSelectOption value="" label="The same as above" />
            {choices.map(({ value, label }) => (
              <FormSelectOption key={value} value={value} label={label} />
            ))}
          </FormSelect>
        </FormGroup>
      </GridItem>
      <GridItem>
        <FormGroup label="Another time-out in seconds" fieldId={`${id}-timeout`}>
          <TextInput
            id={`${id}-timeout`}
            type="number"
            min={1}
            max={3900}
            value={rule.timeout}
            onChange={(_event, timeout) => onRule({ ...rule, timeout })}
          />
        </FormGroup>
      </GridItem>
    </>
  );
}
