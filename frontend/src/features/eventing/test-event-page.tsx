import { Alert, PageSection } from "@patternfly/react-core";
import { useSearch } from "@tanstack/react-router";
import { useObjects } from "#api/resources.ts";
import { useNamespaceScope } from "#resources/namespace-scope.ts";
import { subscriptionType } from "#resources/well-known-types.ts";
import { ErrorAlert } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { eventFor, sinkName } from "./sinks.ts";
import { TestEvent } from "./test-event.tsx";

/** Sends a test event. The address may name source and type, or the sink that is to get it. */
export function TestEventPage() {
  const { ns, namespaces } = useNamespaceScope();
  const { source, type, sink } = useSearch({ from: "/namespaces/$ns/eventing/test" });
  return (
    <>
      <PageHeader
        title="Send a test event"
        trail={[{ label: "Eventing", path: `/namespaces/${ns}/eventing` }]}
        text="It is published as any other event, so everybody who subscribed gets it."
      />
      <PageSection isFilled>
        {sink === undefined ? (
          <TestEvent
            key={`${source} ${type}`}
            start={{ source: source ?? "", type: type ?? "" }}
            namespaces={namespaces}
          />
        ) : (
          <TestEventForSink key={sink} sink={sink} namespaces={namespaces} />
        )}
      </PageSection>
    </>
  );
}

/** Begins with an event that a Subscription brings to this sink. */
function TestEventForSink({ sink, namespaces }: { sink: string; namespaces: string[] | undefined }) {
  const { namespace } = useNamespaceScope();
  const live = useObjects({ type: subscriptionType, namespace });
  if (live.value === undefined && !live.error) return <Loading what="Subscriptions" />;
  const found = live.value && eventFor(sink, live.value.objects.values());
  const name = sinkName(sink, namespace ?? "");
  return (
    <>
      {live.error ? (
        <ErrorAlert
          title={`Which events ${name} gets cannot be seen`}
          error={live.error}
          retry={live.retry}
        />
      ) : found ? null : (
        <Alert isInline variant="info" title={`Nothing is delivered to ${name} yet`}>
          Subscribe it to an event first; events that nobody subscribed to are not kept.
        </Alert>
      )}
      <TestEvent start={found ?? { source: "", type: "" }} namespaces={namespaces} />
    </>
  );
}
