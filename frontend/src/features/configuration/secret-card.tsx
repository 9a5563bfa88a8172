import { Button, ClipboardCopyButton, DescriptionList, Tooltip } from "@patternfly/react-core";
import { useState } from "react";
import { errorMessage } from "#api/errors.ts";
import { revealSecret } from "#api/objects.ts";
import type { ObjectView } from "#resources/feature.ts";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { Fact } from "#resources/fact.tsx";
import { PagePart } from "#resources/object-page/page-part.tsx";
import { toast } from "#ui/toasts.tsx";
import { visibleText } from "#ui/visible-text.ts";
import { bytesText } from "#ui/quantity-text.ts";
import { textBytes } from "./byte-size.ts";

/** The keys of a Secret; a value is fetched only when the person asks for it, one by one, and the server's log notes that. */
export function SecretCard({ object }: ObjectView) {
  const keys = Object.keys(object["data"] ?? {});
  const { namespace = "", name } = object.metadata;
  return (
    <PagePart title="Data">
      <p className="kyma-subtle">
        Type {typeof object["type"] === "string" ? object["type"] : "Opaque"}. Values stay in the cluster
        until you show them one by one; the server's log notes who did.
      </p>
      {keys.length === 0 ? <p>This Secret holds no data.</p> : null}
      <DescriptionList>
        {keys.map((key) => (
          <Fact key={key} term={visibleText(key)}>
            <SecretValue
              key={object.metadata.resourceVersion}
              namespace={namespace}
              name={name}
              secretKey={key}
            />
          </Fact>
        ))}
      </DescriptionList>
    </PagePart>
  );
}

function SecretValue({ namespace, name, secretKey }: { namespace: string; name: string; secretKey: string }) {
  const [value, setValue] = useState<string>();
  const [copied, setCopied] = useState(false);
  const show = async () => {
    try {
      setValue(await revealSecret(namespace, name, secretKey));
    } catch (error) {
      toast("danger", "The value cannot be shown", errorMessage(error));
    }
  };
  const copy = async () => {
    await navigator.clipboard.writeText(value ?? "");
    setCopied(true);
  };
  if (value === undefined)
    return (
      <>
        ••••••••{" "}
        <GuardedButton
          needs={[{ verb: "get", group: "", resource: "secrets", namespace, name }]}
          variant="link"
          isInline
          aria-label={`Show ${secretKey}`}
          onClick={() => void show()}
        >
          Show
        </GuardedButton>
      </>
    );
  return (
    <>
      <pre className="kyma-value">{visibleText(value)}</pre>
      <span className="kyma-subtle">{bytesText(textBytes(value))}</span>{" "}
      <ClipboardCopyButton
        id={`copy-${secretKey}`}
        variant="plain"
        aria-label={`Copy ${secretKey}`}
        onClick={() => void copy()}
      >
        {copied ? "Copied" : "Copy"}
      </ClipboardCopyButton>
      <Tooltip content="The value leaves this page">
        <Button variant="link" isInline aria-label={`Hide ${secretKey}`} onClick={() => setValue(undefined)}>
          Hide
        </Button>
      </Tooltip>
    </>
  );
}
