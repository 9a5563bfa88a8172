import { PageSection } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useObject } from "#api/resources.ts";
import { useNamespaceScope } from "#resources/namespace-scope.ts";
import { apiRuleType } from "#resources/well-known-types.ts";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import type { ApiRule } from "./api-rule.ts";
import { ApiRuleEditor } from "./api-rule-editor.tsx";
import { formOf, newForm } from "./api-rule-form-model.ts";
import { gatewaysQuery } from "./api-rules-api.ts";

const trailOf = (ns: string) => [{ label: "API Rules", path: `/namespaces/${ns}/api-rules` }];

/** Exposes a Service: an empty form, or one filled in for the Service of the address. */
export function ApiRuleCreatePage() {
  const { ns, namespace } = useNamespaceScope();
  const search: { service?: string; port?: number } = useSearch({ strict: false });
  const gateways = useQuery(gatewaysQuery);
  const title = search.service ? `Expose ${search.service}` : "Create an API Rule";
  const [first] = gateways.data?.gateways ?? [];
  return (
    <>
      <PageHeader
        title={title}
        trail={trailOf(ns)}
        text="Choose a host and who may call which path; look at it; apply it."
      />
      <PageSection isFilled>
        {gateways.error ? (
          <ErrorState
            title="The gateways cannot be read"
            error={gateways.error}
            retry={() => void gateways.refetch()}
          />
        ) : gateways.data === undefined ? (
          <Loading what="gateways" />
        ) : (
          <ApiRuleEditor
            key={`${namespace ?? ""} ${search.service ?? ""}`}
            namespace={namespace ?? "default"}
            initial={newForm(
              search.service ?? "",
              search.port ?? 80,
              first?.ref ?? "kyma-system/kyma-gateway",
            )}
          />
        )}
      </PageSection>
    </>
  );
}

/** The same form, for an APIRule that is there. The one that was read when editing began is kept, so that a change by others shows. */
export function ApiRuleEditPage() {
  const { ns = "", name = "" } = useParams({ strict: false });
  const live = useObject<ApiRule>({ type: apiRuleType, namespace: ns, name });
  const gateways = useQuery(gatewaysQuery);
  const [began, setBegan] = useState<ApiRule>();
  const rule = began ?? live.value?.object;
  if (rule && !began) setBegan(rule);
  const trail = [...trailOf(ns), { label: name, path: `/namespaces/${ns}/api-rules/${name}` }];
  const changed = began && live.value?.object && live.value.object.metadata.resourceVersion;
  const generationMoved = changed !== undefined && changed !== began?.metadata.resourceVersion;
  return (
    <>
      <PageHeader title="Edit" tabTitle={`Edit ${name}`} trail={trail} />
      <PageSection isFilled>
        {live.error ? (
          <ErrorState title={`API Rule ${name} cannot be read`} error={live.error} retry={live.retry} />
        ) : live.value === undefined || gateways.data === undefined ? (
          <Loading what={name} />
        ) : rule ? (
          <ApiRuleEditor
            namespace={ns}
            initial={formOf(rule)}
            base={rule}
            newest={generationMoved ? (live.value.object ?? undefined) : undefined}
          />
        ) : (
          <EmptyNotice title={`There is no API Rule ${name} in ${ns}`}>It may have been deleted.</EmptyNotice>
        )}
      </PageSection>
    </>
  );
}
