import { Content } from "@patternfly/react-core";
import type { ObjectView } from "#resources/feature.ts";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { FreshnessBadge } from "#ui/freshness-badge.tsx";
import { Loading } from "#ui/loading.tsx";
import { AttemptTable } from "./attempt-table.tsx";
import { useFeedFreshness } from "./feed-freshness.ts";
import { useAttempts } from "./live-eventing.ts";
import { ProblemNotes } from "./problem-notes.tsx";

/** Attempts to deliver events of a Subscription, as they happen while the tab is open. */
export function AttemptsTab({ object: { metadata } }: ObjectView) {
  const key = { namespace: metadata.namespace ?? "", name: metadata.name };
  const live = useAttempts(key);
  const freshness = useFeedFreshness(live);
  if (live.error)
    return <ErrorState title="Attempts cannot be shown" error={live.error} retry={live.retry} />;
  if (live.value === undefined) return <Loading what="attempts" />;
  const { rows, omitted, problem, watching } = live.value;
  return (
    <div className="kyma-tab">
      <FreshnessBadge freshness={freshness} />
      {problem ? <ProblemNotes problems={[problem]} /> : null}
      {rows.length === 0 ? (
        problem ? null : (
          <EmptyNotice title={watching ? "Waiting for the next event" : "The view is opened again"}>
            Every attempt to deliver an event appears here as it happens. Send a test event to see one.
          </EmptyNotice>
        )
      ) : (
        <AttemptTable rows={rows} />
      )}
      {omitted > 0 ? (
        <Content component="small">
          {omitted.toLocaleString("en")} more were left out, as there were too many to show.
        </Content>
      ) : null}
    </div>
  );
}
