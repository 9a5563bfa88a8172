import { Button, Flex, PageSection, Tab, Tabs, TabTitleText } from "@patternfly/react-core";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { FunctionRef } from "#api/generated/graphql.ts";
import { useObject, useObjects } from "#api/resources.ts";
import type { Pod } from "#resources/kube-objects.ts";
import { useFreshness } from "#resources/use-freshness.ts";
import { apiRuleType, functionType, podType } from "#resources/well-known-types.ts";
import { YamlTab } from "#resources/yaml-tab.tsx";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { needOn } from "#resources/access.ts";
import { DeleteObject } from "#resources/delete-object.tsx";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { ActionsMenu } from "#resources/object-commands.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { FreshnessBadge } from "#ui/freshness-badge.tsx";
import { Loading } from "#ui/loading.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import { CodeTab } from "./code-tab.tsx";
import { ConfigurationTab } from "./configuration-tab.tsx";
import { functionState } from "./function-state.ts";
import type { KymaFunction } from "./kyma-function.ts";
import { functionSelector, objectRefOf } from "./kyma-function.ts";
import { LogsTab } from "./logs-tab.tsx";
import { PodsTab } from "./pods-tab.tsx";
import { RevisionsTab } from "./revisions-tab.tsx";
import type { FunctionTab } from "./routes.tsx";
import { RunTab } from "./run-tab.tsx";
import { SaveBar } from "./save-bar.tsx";
import { StatusPanel } from "./status-panel.tsx";
import { TriggersTab } from "./triggers-tab.tsx";
import { useExpose } from "./use-expose.ts";
import { useFunctionDraft } from "./use-function-draft.ts";

/** One Function: write, configure, run, watch. */
export function FunctionPage() {
  const { ns = "", name = "" } = useParams({ strict: false });
  // Another Function is another page: drafts and runs must not mix.
  return <FunctionOf key={`${ns}/${name}`} target={{ namespace: ns, name }} />;
}

function FunctionOf({ target }: { target: FunctionRef }) {
  const { namespace: ns, name } = target;
  const navigate = useNavigate();
  const [deleting, setDeleting] = useState(false);
  const live = useObject<KymaFunction>(objectRefOf(target));
  const freshness = useFreshness(live);
  const fn = live.value?.object ?? undefined;
  const state = fn && functionState(fn);
  const toList = () => navigate({ to: "/namespaces/$ns/functions", params: { ns } });
  const expose = useExpose(target);
  return (
    <>
      <PageHeader
        title={name}
        tabTitle={`${name}, Function`}
        trail={[{ label: "Functions", path: `/namespaces/${ns}/functions` }]}
        label={
          <Flex gap={{ default: "gapSm" }}>
            {state ? <StatusLabel health={state.health}>{state.label}</StatusLabel> : null}
            <FreshnessBadge freshness={freshness} />
          </Flex>
        }
        actions={
          <Flex gap={{ default: "gapSm" }}>
            <GuardedButton
              variant="secondary"
              isDisabled={!fn}
              needs={[needOn(apiRuleType, "create", ns)]}
              onClick={expose}
            >
              Expose
            </GuardedButton>
            {fn ? <ActionsMenu view={{ type: functionType, object: fn }} /> : null}
            <GuardedButton
              variant="secondary"
              isDanger
              isDisabled={!fn}
              needs={[needOn(functionType, "delete", ns)]}
              onClick={() => setDeleting(true)}
            >
              Delete
            </GuardedButton>
          </Flex>
        }
      />
      {live.error ? (
        <ErrorState title={`Function ${name} cannot be shown`} error={live.error} retry={live.retry} />
      ) : live.value === undefined ? (
        <Loading what={name} />
      ) : fn === undefined ? (
        <EmptyNotice
          title={`Function ${name} does not exist`}
          actions={<Button onClick={() => void toList()}>Show Functions</Button>}
        >
          It was deleted, or it is in another namespace than {ns}.
        </EmptyNotice>
      ) : (
        <FunctionContent target={target} fn={fn} />
      )}
      {deleting ? (
        <DeleteObject
          refTo={objectRefOf(target)}
          uid={fn?.metadata.uid}
          kind="Function"
          onClose={() => setDeleting(false)}
          onDeleted={() => void toList()}
        >
          Its pods, its Service and its revisions are deleted with it. API rules that expose it stay, and will
          say that the Service is missing.
        </DeleteObject>
      ) : null}
    </>
  );
}

/** Tabs whose fields belong to the draft. */
const editingTabs = new Set<FunctionTab>(["code", "configuration"]);

function FunctionContent({ target, fn }: { target: FunctionRef; fn: KymaFunction }) {
  const navigate = useNavigate();
  const { tab = "code" } = useSearch({ from: "/namespaces/$ns/functions/$name" });
  const draft = useFunctionDraft(target, fn);
  const podSet = useObjects({
    type: podType,
    namespace: target.namespace,
    labelSelector: functionSelector(target.name),
  });
  const pods = [...(podSet.value?.objects.values() ?? [])] as Pod[];
  const choose = (next: string | number) =>
    void navigate({ to: ".", search: { tab: next as FunctionTab }, replace: true });
  const version = fn.metadata.resourceVersion;
  const content: Record<FunctionTab, [string, () => React.ReactNode]> = {
    code: ["Code", () => <CodeTab fn={fn} draft={draft} />],
    configuration: ["Configuration", () => <ConfigurationTab fn={fn} draft={draft} />],
    run: ["Run", () => <RunTab target={target} />],
    triggers: ["Triggers", () => <TriggersTab target={target} />],
    logs: ["Logs", () => <LogsTab namespace={target.namespace} name={target.name} />],
    pods: ["Pods and Events", () => <PodsTab fn={fn} pods={pods} />],
    revisions: ["Revisions", () => <RevisionsTab target={target} version={version} />],
    yaml: ["YAML", () => <YamlTab refTo={objectRefOf(target)} resourceVersion={version} />],
  };
  return (
    <>
      <PageSection className="kyma-tight">
        <StatusPanel target={target} fn={fn} pods={pods} />
      </PageSection>
      <PageSection isFilled className="kyma-tight">
        <Tabs
          activeKey={tab}
          onSelect={(_event, key) => choose(key)}
          aria-label={`Parts of ${target.name}`}
          mountOnEnter
          unmountOnExit
        >
          {Object.entries(content).map(([key, [title, render]]) => (
            <Tab key={key} eventKey={key} title={<TabTitleText>{title}</TabTitleText>}>
              <div className="kyma-tab">
                {key === tab ? (
                  <>
                    <SaveBar draft={draft} namespace={target.namespace} isEditing={editingTabs.has(tab)} />
                    {render()}
                  </>
                ) : null}
              </div>
            </Tab>
          ))}
        </Tabs>
      </PageSection>
    </>
  );
}
