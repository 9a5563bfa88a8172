import {
  Button,
  Card,
  CardBody,
  CardTitle,
  Flex,
  Grid,
  GridItem,
  PageSection,
  Tab,
  Tabs,
  TabTitleText,
} from "@patternfly/react-core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { needOn } from "#resources/access.ts";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { useNamespaceScope, type NamespaceScope } from "#resources/namespace-scope.ts";
import { useFreshness } from "#resources/use-freshness.ts";
import { subscriptionType } from "#resources/well-known-types.ts";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { FreshnessBadge } from "#ui/freshness-badge.tsx";
import { Loading } from "#ui/loading.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { DeadLetters } from "./dead-letters.tsx";
import { FlowPicture } from "./flow-picture.tsx";
import { LiveTail } from "./live-tail.tsx";
import { useEventing, type EventingState } from "./live-eventing.ts";
import { ObservedCard } from "./observed-card.tsx";
import { ProblemNotes } from "./problem-notes.tsx";
import type { EventingTab } from "./routes.tsx";
import { StorageCard } from "./storage-card.tsx";

/** How eventing does: flow, storage, types, events as they come, and what could not be delivered. */
export function EventingPage() {
  const scope = useNamespaceScope();
  const { tab = "overview" } = useSearch({ from: "/namespaces/$ns/eventing" });
  const navigate = useNavigate();
  const live = useEventing(scope.namespaces);
  const freshness = useFreshness(live);
  const dead = live.value?.deadLettersTotal ?? 0;
  const content: Record<EventingTab, [string, () => ReactNode]> = {
    overview: ["Overview", () => <Overview live={live} scope={scope} />],
    live: ["Live events", () => <LiveTail />],
    "dead-letters": [
      dead > 0 ? `Dead letters (${dead.toLocaleString("en")})` : "Dead letters",
      () => <DeadLetters scope={{ namespaces: scope.namespaces }} />,
    ],
  };
  return (
    <>
      <PageHeader
        title="Eventing"
        label={live.error ? null : <FreshnessBadge freshness={freshness} />}
        text="Which events are published, and who gets them."
        actions={<Actions scope={scope} />}
      />
      <PageSection isFilled className="kyma-tight">
        <Tabs
          className="kyma-page-tabs"
          activeKey={tab}
          onSelect={(_event, key) =>
            void navigate({ to: ".", search: { tab: key as EventingTab }, replace: true })
          }
          aria-label="Parts of eventing"
          mountOnEnter
          unmountOnExit
        >
          {Object.entries(content).map(([key, [title, render]]) => (
            <Tab key={key} eventKey={key} title={<TabTitleText>{title}</TabTitleText>}>
              {key === tab ? render() : null}
            </Tab>
          ))}
        </Tabs>
      </PageSection>
    </>
  );
}

function Actions({ scope: { ns, namespace } }: { scope: NamespaceScope }) {
  const navigate = useNavigate();
  return (
    <Flex gap={{ default: "gapSm" }}>
      <Button onClick={() => void navigate({ to: "/namespaces/$ns/eventing/test", params: { ns } })}>
        Send a test event
      </Button>
      <GuardedButton
        variant="secondary"
        needs={[needOn(subscriptionType, "create", namespace ?? "default")]}
        onClick={() => void navigate({ to: "/namespaces/$ns/subscriptions/create", params: { ns } })}
      >
        Create a Subscription
      </GuardedButton>
    </Flex>
  );
}

function Overview({ live, scope }: { live: ReturnType<typeof useEventing>; scope: NamespaceScope }) {
  if (live.error)
    return <ErrorState title="Eventing cannot be shown" error={live.error} retry={live.retry} />;
  if (live.value === undefined) return <Loading what="eventing" />;
  const { problems, streams, server, observed } = live.value;
  return (
    <div className="kyma-tab">
      <ProblemNotes problems={problems} />
      <Grid hasGutter>
        <GridItem>
          <Flow state={live.value} />
        </GridItem>
        {streams ? (
          <GridItem lg={4}>
            <StorageCard streams={streams} server={server} />
          </GridItem>
        ) : null}
        {observed ? (
          <GridItem lg={streams ? 8 : 12}>
            <ObservedCard observed={observed} ns={scope.ns} />
          </GridItem>
        ) : null}
      </Grid>
    </div>
  );
}

function Flow({ state: { subscriptions, subscriptionsTotal } }: { state: EventingState }) {
  if (!subscriptions) return null;
  return (
    <Card isCompact>
      <CardTitle component="h2">Event flow</CardTitle>
      <CardBody>
        {subscriptions.length === 0 ? (
          <EmptyNotice title="Nobody is subscribed here yet">
            A Subscription has events of some types delivered to a Function or Service.
          </EmptyNotice>
        ) : (
          <FlowPicture flows={subscriptions} total={subscriptionsTotal} />
        )}
      </CardBody>
    </Card>
  );
}
