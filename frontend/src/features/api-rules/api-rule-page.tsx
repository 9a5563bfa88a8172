import { Alert, Card, CardBody, CardTitle, PageSection, Stack, StackItem } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useObject } from "#api/resources.ts";
import { needOn } from "#resources/access.ts";
import { DeleteObject } from "#resources/delete-object.tsx";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { useFreshness } from "#resources/use-freshness.ts";
import { apiRuleType } from "#resources/well-known-types.ts";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { FreshnessBadge } from "#ui/freshness-badge.tsx";
import { Loading } from "#ui/loading.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import type { ApiRule } from "./api-rule.ts";
import { apiRuleState } from "#resources/kyma-states.ts";
import { gatewaysQuery, routesQuery, trafficQuery } from "./api-rules-api.ts";
import { HostLink } from "./host-link.tsx";
import { ProbePanel } from "./probe-panel.tsx";
import { RouteTable } from "./route-table.tsx";

/** One APIRule: its state, what it lets through in words, the traffic, and a real probe. */
export function ApiRulePage() {
  const { ns = "", name = "" } = useParams({ strict: false });
  const live = useObject<ApiRule>({ type: apiRuleType, namespace: ns, name });
  const freshness = useFreshness(live);
  const trail = [{ label: "API Rules", path: `/namespaces/${ns}/api-rules` }];
  if (live.error)
    return <ErrorState title={`API Rule ${name} cannot be read`} error={live.error} retry={live.retry} />;
  if (live.value === undefined) return <Loading what={`API Rule ${name}`} />;
  const rule = live.value.object;
  if (!rule) {
    return (
      <>
        <PageHeader title={name} trail={trail} />
        <EmptyNotice title={`There is no API Rule ${name} in ${ns}`}>
          It may have been deleted. The list shows those that are there.
        </EmptyNotice>
      </>
    );
  }
  const state = apiRuleState(rule);
  const label = (
    <>
      <StatusLabel health={state.health}>{state.text}</StatusLabel> <FreshnessBadge freshness={freshness} />
    </>
  );
  return (
    <>
      <PageHeader
        title={name}
        trail={trail}
        label={label}
        actions={<Actions rule={rule} />}
        text={<Host rule={rule} />}
      />
      <PageSection isFilled>
        <Stack hasGutter>
          <StackItem>
            <StatePanel rule={rule} />
          </StackItem>
          <StackItem>
            <Routes rule={rule} />
          </StackItem>
          <StackItem>
            <ProbePanel rule={rule} />
          </StackItem>
        </Stack>
      </PageSection>
    </>
  );
}

function Host({ rule }: { rule: ApiRule }) {
  const gateways = useQuery(gatewaysQuery).data?.gateways ?? [];
  return <HostLink rule={rule} gateways={gateways} />;
}

function Actions({ rule }: { rule: ApiRule }) {
  const [deleting, setDeleting] = useState(false);
  const navigate = useNavigate();
  const { name, namespace, uid } = rule.metadata;
  const base = `/namespaces/${namespace}/api-rules`;
  return (
    <>
      <Link
        to="/namespaces/$ns/api-rules/$name/edit"
        params={{ ns: namespace, name }}
        className="pf-v6-c-button pf-m-primary"
      >
        Edit
      </Link>{" "}
      <GuardedButton
        variant="secondary"
        isDanger
        needs={[needOn(apiRuleType, "delete", namespace)]}
        onClick={() => setDeleting(true)}
      >
        Delete
      </GuardedButton>
      {deleting ? (
        <DeleteObject
          refTo={{ type: apiRuleType, namespace, name }}
          uid={uid}
          kind="API Rule"
          onDeleted={() => void navigate({ to: base })}
          onClose={() => setDeleting(false)}
        >
          {rule.spec.hosts[0]} can no longer be called from outside. The Service itself stays.
        </DeleteObject>
      ) : null}
    </>
  );
}

function StatePanel({ rule }: { rule: ApiRule }) {
  const { health, text } = apiRuleState(rule);
  if (health === "ok") return null;
  const variant = health === "error" ? "danger" : health === "warning" ? "warning" : "info";
  const title = text === "Error" ? "This rule is not in force" : text;
  return (
    <Alert isInline isLiveRegion variant={variant} title={title}>
      <span className="kyma-lines">{rule.status?.description ?? "The controller is working on it."}</span>
    </Alert>
  );
}

function Routes({ rule }: { rule: ApiRule }) {
  const { name, namespace, resourceVersion } = rule.metadata;
  const routes = useQuery(routesQuery(namespace, name, resourceVersion));
  const traffic = useQuery(trafficQuery(namespace, name));
  return (
    <Card>
      <CardTitle component="h2">What is let through</CardTitle>
      <CardBody>
        {routes.error ? (
          <ErrorState
            title="The routes cannot be shown"
            error={routes.error}
            retry={() => void routes.refetch()}
          />
        ) : routes.data ? (
          <RouteTable routes={routes.data} traffic={traffic.data ?? undefined} />
        ) : (
          <Loading what="routes" />
        )}
      </CardBody>
    </Card>
  );
}
