import { Link } from "@tanstack/react-router";
import type { PageQuota } from "#api/object-page.ts";
import type { ObjectView } from "#resources/feature.ts";
import { listPath } from "#resources/kinds.ts";
import { MissingNotes } from "#resources/object-page/missing-notes.tsx";
import { ObjectLink } from "#resources/object-page/object-link.tsx";
import { useObjectPageContent } from "#resources/object-page/page-context.ts";
import { PagePart } from "#resources/object-page/page-part.tsx";
import { Loading } from "#ui/loading.tsx";
import { QuotaBars } from "./limit-cards.tsx";

/** What is in a namespace, and how much of its quotas is used. */
export function NamespaceCard({ object }: ObjectView) {
  const { name } = object.metadata;
  const { contents, quotas } = useObjectPageContent()?.page.parts ?? {};
  return (
    <>
      <Quotas namespace={name} quotas={quotas?.quotas ?? []} missing={quotas?.missing} />
      <PagePart title="What is in it">
        {contents ? (
          <>
            <ul className="kyma-counts">
              {contents.kinds.map((kind) => (
                <li key={`${kind.plural}.${kind.group}`}>
                  <Link to={listPath(kind, name)}>{kind.kind}</Link> {kind.count}
                </li>
              ))}
            </ul>
            <MissingNotes missing={contents.missing} />
            <p className="kyma-subtle">Counted every 30 seconds.</p>
          </>
        ) : (
          <Loading what="what is in it" />
        )}
      </PagePart>
    </>
  );
}

function Quotas(props: {
  namespace: string;
  quotas: readonly PageQuota[];
  missing: readonly string[] | undefined;
}) {
  const { namespace, quotas, missing = [] } = props;
  if (quotas.length === 0 && missing.length === 0) return null;
  return (
    <PagePart title="Quotas">
      {quotas.map(({ name, resources }) => (
        <div key={name}>
          <ObjectLink
            to={{
              group: "",
              version: "v1",
              plural: "resourcequotas",
              kind: "ResourceQuota",
              namespace,
              name,
            }}
            from={namespace}
          />
          <QuotaBars resources={resources} />
        </div>
      ))}
      <MissingNotes missing={missing} />
    </PagePart>
  );
}
