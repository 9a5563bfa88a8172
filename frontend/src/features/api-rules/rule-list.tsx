import { Button, Card, CardBody, CardHeader, CardTitle } from "@patternfly/react-core";
import { ArrowDownIcon, ArrowUpIcon, TrashIcon } from "@patternfly/react-icons";
import { newRule, type ApiRuleForm, type RuleForm } from "./api-rule-form-model.ts";
import { RuleFields } from "./rule-fields.tsx";

/** Rules in order; the first that matches path and method decides, so their order can be changed. */
export function RuleList(props: {
  form: ApiRuleForm;
  onForm: (form: ApiRuleForm) => void;
  namespace: string;
}) {
  const { form, onForm } = props;
  const set = (rules: RuleForm[]) => onForm({ ...form, rules });
  const move = (from: number, to: number) => {
    const rules = [...form.rules];
    rules.splice(to, 0, ...rules.splice(from, 1));
    set(rules);
  };
  const nextId = Math.max(0, ...form.rules.map(({ id }) => id)) + 1;
  return (
    <>
      {form.rules.map((rule, index) => (
        <Card key={rule.id} isCompact>
          <CardHeader
            actions={{
              hasNoOffset: true,
              actions: (
                <>
                  <Button
                    variant="plain"
                    icon={<ArrowUpIcon />}
                    aria-label={`Move rule ${index + 1} up`}
                    isDisabled={index === 0}
                    onClick={() => move(index, index - 1)}
                  />
                  <Button
                    variant="plain"
                    icon={<ArrowDownIcon />}
                    aria-label={`Move rule ${index + 1} down`}
                    isDisabled={index === form.rules.length - 1}
                    onClick={() => move(index, index + 1)}
                  />
                  <Button
                    variant="plain"
                    icon={<TrashIcon />}
                    aria-label={`Remove rule ${index + 1}`}
                    isDisabled={form.rules.length === 1}
                    onClick={() => set(form.rules.filter(({ id }) => id !== rule.id))}
                  />
                </>
              ),
            }}
          >
            <CardTitle component="h3">Rule {index + 1}</CardTitle>
          </CardHeader>
          <CardBody>
            <RuleFields
              rule={rule}
              namespace={props.namespace}
              onRule={(next) => set(form.rules.map((each) => (each.id === rule.id ? next : each)))}
            />
          </CardBody>
        </Card>
      ))}
      <div>
        <Button variant="secondary" onClick={() => set([...form.rules, newRule(nextId)])}>
          Add a rule
        </Button>
      </div>
    </>
  );
}
