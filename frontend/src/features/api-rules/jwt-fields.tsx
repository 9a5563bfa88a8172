import { Button, FormGroup, Grid, GridItem, TextInput } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import type { JwtForm } from "./api-rule-form-model.ts";
import { gatewaysQuery } from "./api-rules-api.ts";

const fields: { field: keyof JwtForm; label: string; required: boolean }[] = [
  { field: "issuer", label: "Issuer", required: true },
  { field: "jwksUri", label: "Address of its keys (JWKS)", required: true },
  { field: "scopes", label: "Scopes, all needed", required: false },
  { field: "audiences", label: "Audiences, all needed", required: false },
];

/** Whose tokens are accepted and what they must grant. */
export function JwtFields({ id, jwt, onJwt }: { id: string; jwt: JwtForm; onJwt: (jwt: JwtForm) => void }) {
  const issuer = useQuery(gatewaysQuery).data?.testIssuer;
  return (
    <Grid hasGutter md={6}>
      {issuer ? (
        <GridItem md={12}>
          <Button
            variant="link"
            isInline
            onClick={() => onJwt({ ...jwt, issuer: issuer.issuer, jwksUri: issuer.jwksUri })}
          >
            Use the test issuer of this cluster
          </Button>
        </GridItem>
      ) : null}
      {fields.map(({ field, label, required }) => (
        <GridItem key={field}>
          <FormGroup label={label} isRequired={required} fieldId={`${id}-${field}`}>
            <TextInput
              id={`${id}-${field}`}
              isRequired={required}
              value={jwt[field]}
              onChange={(_event, value) => onJwt({ ...jwt, [field]: value })}
            />
          </FormGroup>
        </GridItem>
      ))}
    </Grid>
  );
}
