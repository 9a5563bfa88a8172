import { Content } from "@patternfly/react-core";
import type { ObjectView } from "#resources/feature.ts";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { applyAttempts, type AttemptsState } from "./attempt-store.ts";
import { AttemptTable } from "./attempt-table.tsx";
import { useAttempts } from "./live-eventing.ts";
import { ProblemNotes } from "./problem-notes.tsx";

/** Attempts to deliver events of a Subscription, as they happen while the tab is open. */
export function AttemptsTab({ object: { metadata } }: ObjectView) {
  const key = { namespace: metadata.namespace ?? "", name: metadata.name };
  const live = useAttempts<AttemptsState>(key, applyAttempts);
  if (live.error)
    return <ErrorState title="Attempts cannot be shown" error={live.error} retry={live.retry} />;
  if (live.value === undefined) return <Loading what="attempts" />;
  const { attempts, omitted, problem, watching } = live.value;
  return (
    <div className="kyma-tab">
      {problem ? <ProblemNotes problems={[problem]} /> : null}
      {attempts.length === 0 ? (
        problem ? null : (
          <EmptyNotice title={watching ? "Waiting for the next event" : "The view is opened again"}>
            Every attempt to deliver an event appears here as it happens. Send a test event to see one.
          </EmptyNotice>
        )
      ) : (
        <AttemptTable attempts={attempts} />
      )}
      {omitted > 0 ? (
        <Content component="small" role="status">
          {omitted.toLocaleString("en")} more were left out, as there were too many to show.
        </Content>
      ) : null}
    </div>
  );
}
