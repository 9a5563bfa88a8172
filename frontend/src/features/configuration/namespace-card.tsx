import { useQuery } from "@tanstack/react-query";
import { Button } from "@patternfly/react-core";
import { Link } from "@tanstack/react-router";
import { namespaceContentsQuery } from "#api/inspection.ts";
import { objectsQuery } from "#api/objects.ts";
import type { ObjectView } from "#resources/feature.ts";
import { listPath } from "#resources/kinds.ts";
import type { KubeObject } from "#resources/kube-objects.ts";
import { MissingNotes } from "#resources/object-page/missing-notes.tsx";
import { ObjectLink } from "#resources/object-page/object-link.tsx";
import { PagePart } from "#resources/object-page/page-part.tsx";
import { ErrorAlert } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { QuotaBars } from "./limit-cards.tsx";

const quotaType = { group: "", version: "v1", plural: "resourcequotas" };

/** What is in a namespace, and how much of its quotas is used. */
export function NamespaceCard({ object }: ObjectView) {
  const { name } = object.metadata;
  const contents = useQuery(namespaceContentsQuery(name));
  return (
    <>
      <Quotas namespace={name} />
      <PagePart title="What is in it">
        {contents.error ? (
          <ErrorAlert
            title="It cannot be counted"
            error={contents.error}
            retry={() => void contents.refetch()}
          />
        ) : contents.data === undefined ? (
          <Loading what="what is in it" />
        ) : (
          <>
            <ul className="kyma-counts">
              {contents.data.kinds.map((kind) => (
                <li key={`${kind.plural}.${kind.group}`}>
                  <Link to={listPath(kind, name)}>{kind.kind}</Link> {kind.count}
                </li>
              ))}
            </ul>
            <MissingNotes
              missing={
                contents.data.forbidden.length > 0
                  ? [`You may not list ${contents.data.forbidden.join(", ")} in namespace ${name}.`]
                  : []
              }
            />
            <Button
              variant="link"
              isInline
              isLoading={contents.isFetching}
              onClick={() => void contents.refetch()}
            >
              Count again
            </Button>
          </>
        )}
      </PagePart>
    </>
  );
}

function Quotas({ namespace }: { namespace: string }) {
  const { data: quotas } = useQuery(objectsQuery<KubeObject>(quotaType, namespace));
  if (!quotas?.length) return null;
  return (
    <PagePart title="Quotas">
      {quotas.map((quota) => (
        <div key={quota.metadata.name}>
          <ObjectLink
            to={{ ...quotaType, kind: "ResourceQuota", namespace, name: quota.metadata.name }}
            from={namespace}
          />
          <QuotaBars quota={quota} />
        </div>
      ))}
    </PagePart>
  );
}
