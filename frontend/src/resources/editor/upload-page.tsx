import { PageSection } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { apiResourcesQuery } from "#api/objects.ts";
import { useSession } from "#api/session.ts";
import { Loading } from "#ui/loading.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { kindKey, listPath, pluralLabel } from "../kinds.ts";
import { useNamespaceScope } from "../namespace-scope.ts";
import { UploadPanel } from "./upload-panel.tsx";
import { useTemplateText } from "./use-upload-text.ts";
import "./editor.css";

/** Creates and updates objects from YAML: typed, pasted, from files, or from a template. `?kind=deployments.apps` begins with one. */
export function UploadPage() {
  const { kind: key, namespace: asked } = useSearch({ strict: false });
  const session = useSession().data;
  const scope = useNamespaceScope();
  const namespace = asked ?? scope.namespace ?? "default";
  const kinds = useQuery(apiResourcesQuery).data;
  const kind = kinds?.find((served) => kindKey(served) === key);
  const template = useTemplateText();
  const [initial, setInitial] = useState<{ key: string; text: string }>();
  useEffect(() => {
    if (!kind) return;
    let gone = false;
    const begin = async () => {
      const text = await template(kind, namespace);
      if (!gone) setInitial({ key: kindKey(kind), text });
    };
    void begin();
    return () => {
      gone = true;
    };
    // The template is made once per kind: what is typed afterwards stays.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [kind && kindKey(kind), namespace]);
  const isReady =
    session !== undefined && kinds !== undefined && (kind === undefined || initial !== undefined);
  const trail = kind && [
    { label: pluralLabel(kind.kind), path: listPath(kind, kind.namespaced ? namespace : undefined) },
  ];
  return (
    <>
      <PageHeader
        title={kind ? `Create ${kind.kind}` : "Create from YAML"}
        text="Type, paste or drop YAML or JSON, also many documents at once. Everything is checked with the cluster before it is written."
        {...(trail ? { trail } : {})}
      />
      <PageSection isFilled>
        {isReady ? (
          <UploadPanel
            key={key ?? ""}
            initial={kind ? (initial?.text ?? "") : ""}
            namespace={namespace}
            who={session}
          />
        ) : (
          <Loading what="the template" />
        )}
      </PageSection>
    </>
  );
}
