import { Alert, PageSection } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { ObjectRef } from "#api/generated/graphql.ts";
import { useObjectPage, type ObjectPageState } from "#api/object-page.ts";
import { apiResourcesQuery } from "#api/objects.ts";
import { Age } from "#ui/age.tsx";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { FreshnessBadge, type Freshness } from "#ui/freshness-badge.tsx";
import { Loading } from "#ui/loading.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import type { AccessNeed } from "./access.ts";
import { DeleteObject } from "./delete-object.tsx";
import type { KindType } from "./kinds.ts";
import { dangerousKinds, kindKey, listPath, pluralLabel } from "./kinds.ts";
import type { KubeObject } from "./kube-objects.ts";
import { ActionsMenu } from "./object-commands.tsx";
import { ObjectTabs } from "./object-page/object-tabs.tsx";
import "./object-page/object-page.css";
import { useOpenTab } from "./object-page/page-tabs.tsx";
import { useSeenPage } from "./object-page/seen-page.ts";
import { StateLabel } from "./object-page/state-label.tsx";
import { typeOfAddress } from "./resource-list-page.tsx";
import { useFreshness } from "./use-freshness.ts";
import { WriteBlockContext } from "./write-block.ts";

function writeBlock(freshness: Freshness): string | undefined {
  if (freshness.state !== "stale") return undefined;
  return "The connection is lost and what is shown may be old. You can change it again once the page is live.";
}

/** The page of any object: one subscription brings all that its open tab shows. `type` is for addresses that do not name the kind. */
export function ResourcePage(props: { type?: KindType }) {
  const params = useParams({ strict: false });
  const type = props.type ?? typeOfAddress(params);
  const ref: ObjectRef = { type, name: params.name ?? "", namespace: params.ns ?? null };
  // Another object is another page: nothing that was seen of the one may stand in for the other.
  return <PageOf key={JSON.stringify(ref)} type={type} refTo={ref} />;
}

function PageOf({ type, refTo }: { type: KindType; refTo: ObjectRef }) {
  const { namespace, name } = refTo;
  const tabs = useOpenTab(type);
  const live = useObjectPage(refTo, tabs.open.selection);
  const { head, content } = useSeenPage(tabs.open.key, live.value);
  const freshness = useFreshness(live);
  const blocked = writeBlock(freshness);
  const served = useQuery(apiResourcesQuery).data?.find((kind) => kindKey(kind) === kindKey(type));
  const object = (head?.parts.object ?? undefined) as KubeObject | undefined;
  const kind = served?.kind ?? object?.kind ?? type.plural;
  return (
    <WriteBlockContext value={blocked}>
      <PageHeader
        title={name}
        tabTitle={`${name}, ${kind}`}
        trail={[{ label: pluralLabel(kind), path: listPath(type, namespace ?? undefined) }]}
        label={<HeaderLabels freshness={freshness} page={head} object={object} />}
        text={object ? <Whereabouts kind={kind} object={object} /> : undefined}
        actions={
          object && !head?.deleted ? (
            <PageActions type={type} refTo={refTo} kind={kind} object={object} />
          ) : null
        }
      />
      <PageSection isFilled>
        {blocked === undefined ? null : (
          <Alert isInline variant="warning" title={blocked} className="kyma-page-part" />
        )}
        {live.error ? (
          <ErrorState title={`${kind} ${name} cannot be shown`} error={live.error} retry={live.retry} />
        ) : head === undefined ? (
          <Loading what={name} />
        ) : object === undefined ? (
          <EmptyNotice title={`${kind} ${name} does not exist`}>
            It was deleted, or never made. The list shows what is there; this page comes alive should it be
            made.
          </EmptyNotice>
        ) : (
          <>
            {head.deleted ? <DeletedNote what={`${kind} ${name}`} /> : null}
            <ObjectTabs {...tabs} refTo={refTo} page={content} warnings={head.parts.warnings ?? 0} />
          </>
        )}
      </PageSection>
    </WriteBlockContext>
  );
}

function DeletedNote({ what }: { what: string }) {
  return (
    <Alert isInline variant="warning" title={`${what} was deleted`} className="kyma-page-part">
      Below is what it looked like last. The page comes alive again should it be made anew.
    </Alert>
  );
}

function HeaderLabels(props: {
  freshness: Freshness;
  page: ObjectPageState | undefined;
  object: KubeObject | undefined;
}) {
  const { freshness, page, object } = props;
  return (
    <>
      {page?.deleted ? (
        <StatusLabel health="warning">deleted</StatusLabel>
      ) : object ? (
        <StateLabel state={page?.parts.state} />
      ) : null}{" "}
      <FreshnessBadge freshness={freshness} />
    </>
  );
}

function Whereabouts({ kind, object: { metadata } }: { kind: string; object: KubeObject }) {
  return (
    <>
      {kind}
      {metadata.namespace === undefined ? "" : ` in namespace ${metadata.namespace}`},{" "}
      <Age since={metadata.creationTimestamp} /> old
    </>
  );
}

function PageActions({
  type,
  refTo,
  kind,
  object,
}: {
  type: KindType;
  refTo: ObjectRef;
  kind: string;
  object: KubeObject;
}) {
  const [deleting, setDeleting] = useState(false);
  const navigate = useNavigate();
  const namespace = refTo.namespace ?? undefined;
  const needs: AccessNeed[] = [
    { verb: "delete", group: type.group, resource: type.plural, namespace, name: refTo.name },
  ];
  return (
    <>
      <ActionsMenu view={{ type, object }} deletion={{ needs, start: () => setDeleting(true) }} />
      {deleting ? (
        <DeleteObject
          refTo={refTo}
          uid={object.metadata.uid}
          kind={kind}
          typeName={dangerousKinds.has(kindKey(type))}
          onDeleted={() => void navigate({ to: listPath(type, namespace) })}
          onClose={() => setDeleting(false)}
        >
          What it owns is deleted with it. This cannot be undone.
        </DeleteObject>
      ) : null}
    </>
  );
}
