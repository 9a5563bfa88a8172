import { Button, ExpandableSection } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { errorMessage } from "#api/errors.ts";
import { revealSecret } from "#api/objects.ts";
import type { EnvPart } from "#api/workload-parts.ts";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { objectPath } from "#resources/kinds.ts";
import { configMapType, secretType } from "#resources/well-known-types.ts";
import { toast } from "#ui/toasts.tsx";
import { visibleText } from "#ui/visible-text.ts";

/** The environment of a container with where each value comes from. Values of Secrets are fetched only when asked for. */
export function EnvTable({ env, namespace }: { env: readonly EnvPart[]; namespace: string }) {
  const count = `${env.length} environment ${env.length === 1 ? "variable" : "variables"}`;
  return (
    <ExpandableSection toggleText={count}>
      <Table aria-label="Environment" variant="compact" gridBreakPoint="grid-md">
        <Thead>
          <Tr>
            <Th width={30}>Name</Th>
            <Th>Value or origin</Th>
          </Tr>
        </Thead>
        <Tbody>
          {env.map((one, index) => (
            <Tr key={`${one.name}/${index}`}>
              <Td dataLabel="Name" modifier="breakWord">
                {one.name === "" ? `${one.source?.prefix ?? ""}(all keys)` : one.name}
              </Td>
              <Td dataLabel="Value or origin" modifier="breakWord">
                <EnvValue one={one} namespace={namespace} />
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </ExpandableSection>
  );
}

function EnvValue({ one: { value, source }, namespace }: { one: EnvPart; namespace: string }) {
  if (source === null) return <>{visibleText(value ?? "")}</>;
  const { kind, object, key } = source;
  if (kind === "FIELD") return <>field {key} of the pod</>;
  if (kind === "RESOURCE") return <>{key} of the container</>;
  const type = kind === "SECRET" ? secretType : configMapType;
  const name = object ?? "";
  return (
    <>
      {key === null ? "every key of " : `key ${key} of `}
      {kind === "SECRET" ? "Secret " : "ConfigMap "}
      <Link to={objectPath(type, namespace, name)}>{name}</Link>
      {source.optional ? " (optional)" : ""}
      {kind === "SECRET" && key !== null ? (
        <SecretValue namespace={namespace} name={name} secretKey={key} />
      ) : null}
    </>
  );
}

function SecretValue({ namespace, name, secretKey }: { namespace: string; name: string; secretKey: string }) {
  const [value, setValue] = useState<string>();
  const show = async () => {
    try {
      setValue(await revealSecret(namespace, name, secretKey));
    } catch (error) {
      toast("danger", "The value cannot be shown", errorMessage(error));
    }
  };
  if (value !== undefined)
    return (
      <>
        {": "}
        <code>{value}</code>{" "}
        <Button variant="link" isInline onClick={() => setValue(undefined)}>
          Hide
        </Button>
      </>
    );
  return (
    <>
      {": •••••••• "}
      <GuardedButton
        variant="link"
        isInline
        aria-label={`Show ${secretKey} of Secret ${name}`}
        needs={[{ verb: "get", group: "", resource: "secrets", namespace, name }]}
        onClick={() => void show()}
      >
        Show
      </GuardedButton>
    </>
  );
}
