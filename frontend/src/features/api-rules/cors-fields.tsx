import {
  Checkbox,
  Flex,
  FormGroup,
  FormHelperText,
  Grid,
  GridItem,
  HelperText,
  HelperTextItem,
  Switch,
  TextArea,
  TextInput,
} from "@patternfly/react-core";
import { methods } from "./api-rule.ts";
import type { CorsForm } from "./api-rule-form-model.ts";

/** What scripts of pages on other origins may do (CORS). */
export function CorsFields({ cors, onCors }: { cors: CorsForm; onCors: (cors: CorsForm) => void }) {
  return (
    <>
      <Switch
        id="cors-enabled"
        label="Pages on other origins may call this (CORS)"
        isChecked={cors.enabled}
        onChange={(_event, enabled) => onCors({ ...cors, enabled })}
      />
      {cors.enabled ? <CorsDetails cors={cors} onCors={onCors} /> : null}
    </>
  );
}

function CorsDetails({ cors, onCors }: { cors: CorsForm; onCors: (cors: CorsForm) => void }) {
  const toggle = (method: string, on: boolean) =>
    onCors({
      ...cors,
      methods: on ? [...cors.methods, method] : cors.methods.filter((each) => each !== method),
    });
  return (
    <Grid hasGutter md={6}>
      <GridItem>
        <FormGroup label="Origins, one per line" isRequired fieldId="cors-origins">
          <TextArea
            id="cors-origins"
            isRequired
            rows={3}
            value={cors.origins}
            onChange={(_event, origins) => onCors({ ...cors, origins })}
          />
          <FormHelperText>
            <HelperText>
              <HelperTextItem>
                https://shop.example is exact, https://shop.* a beginning, regex:https://.+ a pattern.
              </HelperTextItem>
            </HelperText>
          </FormHelperText>
        </FormGroup>
      </GridItem>
      <GridItem>
        <FormGroup label="Methods" role="group" fieldId="cors-methods">
          <Flex>
            {methods.map((method) => (
              <Checkbox
                key={method}
                id={`cors-${method}`}
                label={method}
                isChecked={cors.methods.includes(method)}
                onChange={(_event, on) => toggle(method, on)}
              />
            ))}
          </Flex>
        </FormGroup>
        <Checkbox
          id="cors-credentials"
          label="With cookies and credentials"
          isChecked={cors.credentials}
          onChange={(_event, credentials) => onCors({ ...cors, credentials })}
        />
      </GridItem>
      <GridItem>
        <FormGroup label="Request headers" fieldId="cors-headers">
          <TextInput
            id="cors-headers"
            placeholder="content-type authorization"
            value={cors.headers}
            onChange={(_event, headers) => onCors({ ...cors, headers })}
          />
        </FormGroup>
      </GridItem>
      <GridItem>
        <FormGroup label="Preflight answers are kept for (seconds)" fieldId="cors-max-age">
          <TextInput
            id="cors-max-age"
            type="number"
            min={1}
            value={cors.maxAge}
            onChange={(_event, maxAge) => onCors({ ...cors, maxAge })}
          />
        </FormGroup>
      </GridItem>
    </Grid>
  );
}
