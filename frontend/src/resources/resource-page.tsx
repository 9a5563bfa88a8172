import { Button, PageSection, Tab, Tabs, TabTitleText } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { ObjectRef } from "#api/generated/graphql.ts";
import { apiResourcesQuery, deleteObject } from "#api/objects.ts";
import { useObject, useObjects } from "#api/resources.ts";
import { ConfirmDelete } from "#ui/confirm-delete.tsx";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { FreshnessBadge } from "#ui/freshness-badge.tsx";
import { Loading } from "#ui/loading.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { toast } from "#ui/toasts.tsx";
import { ConditionTable } from "./condition-table.tsx";
import { EventTable } from "./event-table.tsx";
import type { KindType } from "./kinds.ts";
import { kindKey, listPath, pluralLabel } from "./kinds.ts";
import type { Condition, KubeEvent, KubeObject } from "./kube-objects.ts";
import { MetadataSummary } from "./metadata-summary.tsx";
import { ObjectCommands } from "./object-commands.tsx";
import { useObjectExtensions } from "./object-extensions.ts";
import { PodLogs } from "./pod-logs.tsx";
import { typeOfAddress } from "./resource-list-page.tsx";
import { SecretData } from "./secret-data.tsx";
import { useFreshness } from "./use-freshness.ts";
import { eventType } from "./well-known-types.ts";
import { YamlTab } from "./yaml-tab.tsx";

/** Deleting one of these takes much else along, so its name has to be typed. */
const dangerous = new Set([
  "namespaces",
  "customresourcedefinitions.apiextensions.k8s.io",
  "nodes",
  "persistentvolumes",
]);

/** The page of any object: summary, conditions, Events, YAML, and a pod's log. */
export function ResourcePage() {
  const params = useParams({ strict: false });
  const type = typeOfAddress(params);
  const ref: ObjectRef = { type, name: params.name ?? "", namespace: params.ns ?? null };
  const live = useObject<KubeObject>(ref);
  const freshness = useFreshness(live);
  const served = useQuery(apiResourcesQuery).data?.find((kind) => kindKey(kind) === kindKey(type));
  const [deleting, setDeleting] = useState(false);
  const navigate = useNavigate();
  const kind = served?.kind ?? live.value?.object?.kind ?? type.plural;
  const listAddress = listPath(type, params.ns);
  const remove = async () => {
    await deleteObject(ref, live.value?.object?.metadata.uid);
    toast("success", `${kind} ${ref.name} is being deleted`);
    await navigate({ to: listAddress });
  };
  return (
    <>
      <PageHeader
        title={ref.name}
        tabTitle={`${ref.name}, ${kind}`}
        trail={[{ label: pluralLabel(kind), path: listAddress }]}
        label={<FreshnessBadge freshness={freshness} />}
        actions={
          <>
            {live.value?.object ? <ObjectCommands type={type} object={live.value.object} /> : null}{" "}
            <Button
              variant="secondary"
              isDanger
              isDisabled={!live.value?.object}
              onClick={() => setDeleting(true)}
            >
              Delete
            </Button>
          </>
        }
      />
      <PageSection isFilled>
        {live.error ? (
          <ErrorState title={`${kind} ${ref.name} cannot be shown`} error={live.error} retry={live.retry} />
        ) : live.value === undefined ? (
          <Loading what={ref.name} />
        ) : live.value.object === null ? (
          <EmptyNotice title={`${kind} ${ref.name} does not exist`}>
            It was deleted, or never made. The list shows what is there; this page comes alive should it be
            made.
          </EmptyNotice>
        ) : (
          <ResourceTabs refTo={ref} object={live.value.object} />
        )}
      </PageSection>
      {deleting ? (
        <ConfirmDelete
          kind={kind}
          name={ref.name}
          typeName={dangerous.has(kindKey(type))}
          onDelete={remove}
          onClose={() => setDeleting(false)}
        >
          What it owns is deleted with it. This cannot be undone.
        </ConfirmDelete>
      ) : null}
    </>
  );
}

function ResourceTabs({ refTo, object }: { refTo: ObjectRef; object: KubeObject }) {
  const [tab, setTab] = useState<string | number>("overview");
  const type = typeOfRef(refTo);
  const { tabs } = useObjectExtensions(type);
  const shown = [
    { key: "overview", title: "Overview", content: <Overview refTo={refTo} object={object} /> },
    ...tabs.map(({ key, title, Content }) => ({
      key,
      title,
      content: <Content type={type} object={object} />,
    })),
    ...(kindKey(type) === "pods" ? [{ key: "logs", title: "Logs", content: <PodLogs pod={object} /> }] : []),
    { key: "events", title: "Events", content: <ObjectEvents object={object} /> },
    { key: "yaml", title: "YAML", content: <Yaml refTo={refTo} object={object} /> },
  ];
  return (
    <Tabs
      activeKey={tab}
      onSelect={(_event, key) => setTab(key)}
      aria-label="Parts of the page"
      mountOnEnter
      unmountOnExit
    >
      {shown.map(({ key, title, content }) => (
        <Tab key={key} eventKey={key} title={<TabTitleText>{title}</TabTitleText>}>
          {content}
        </Tab>
      ))}
    </Tabs>
  );
}

function Yaml({ refTo, object }: { refTo: ObjectRef; object: KubeObject }) {
  return (
    <PageSection padding={{ default: "noPadding" }} className="kyma-tab">
      <YamlTab refTo={refTo} resourceVersion={object.metadata.resourceVersion} />
    </PageSection>
  );
}

function typeOfRef({ type }: ObjectRef): KindType {
  return { group: type.group ?? "", version: type.version, plural: type.plural };
}

function Overview({ refTo, object }: { refTo: ObjectRef; object: KubeObject }) {
  const type = typeOfRef(refTo);
  const { cards } = useObjectExtensions(type);
  const { conditions } = (object["status"] ?? {}) as { conditions?: Condition[] };
  return (
    <div className="kyma-tab">
      <MetadataSummary object={object} />
      {refTo.type.plural === "secrets" && (refTo.type.group ?? "") === "" ? (
        <SecretData secret={object} />
      ) : null}
      {Array.isArray(conditions) && conditions.length > 0 ? <ConditionTable conditions={conditions} /> : null}
      {cards.map(({ Content }, index) => (
        <Content key={index} type={type} object={object} />
      ))}
    </div>
  );
}

function ObjectEvents({ object }: { object: KubeObject }) {
  const events = useObjects({
    type: eventType,
    namespace: object.metadata.namespace,
    fieldSelector: `involvedObject.uid=${object.metadata.uid ?? ""}`,
  });
  if (events.error)
    return <ErrorState title="Events cannot be read" error={events.error} retry={events.retry} />;
  if (events.value === undefined) return <Loading what="Events" />;
  return <EventTable events={[...events.value.objects.values()] as KubeEvent[]} />;
}
