import { Button, DescriptionList } from "@patternfly/react-core";
import { useState } from "react";
import { errorMessage } from "#api/errors.ts";
import { revealSecret } from "#api/objects.ts";
import { toast } from "#ui/toasts.tsx";
import type { KubeObject } from "./kube-objects.ts";
import { Fact } from "./metadata-summary.tsx";

/** The keys of a Secret; a value is fetched only when the person asks for it. */
export function SecretData({ secret }: { secret: KubeObject }) {
  const keys = Object.keys(secret["data"] ?? {});
  if (keys.length === 0) return <p>This Secret holds no data.</p>;
  return (
    <DescriptionList>
      {keys.map((key) => (
        <Fact key={key} term={key}>
          <SecretValue
            namespace={secret.metadata.namespace ?? ""}
            name={secret.metadata.name}
            secretKey={key}
          />
        </Fact>
      ))}
    </DescriptionList>
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
  return (
    <>
      {value === undefined ? "•••••••• " : <pre className="kyma-secret">{value}</pre>}
      <Button
        variant="link"
        isInline
        aria-label={`${value === undefined ? "Show" : "Hide"} ${secretKey}`}
        onClick={() => (value === undefined ? void show() : setValue(undefined))}
      >
        {value === undefined ? "Show" : "Hide"}
      </Button>
    </>
  );
}
