import { Content } from "@patternfly/react-core";
import type { FeedState } from "./feed-store.ts";

/** How many events were seen and left out. Only a pause is announced: the counts change several times a second. */
export function TailCounts(props: {
  now: Pick<FeedState<unknown>, "seen" | "omitted">;
  /** Undefined while nothing is paused. */
  seenAtPause: number | undefined;
  /** Whether the filter is still the one of the pause. */
  isSameFilter: boolean;
}) {
  const { now, seenAtPause, isSameFilter } = props;
  const seen = `${now.seen.toLocaleString("en")} seen`;
  const left = now.omitted > 0 ? `, ${now.omitted.toLocaleString("en")} left out as there were too many` : "";
  const since = now.seen - (isSameFilter ? (seenAtPause ?? 0) : 0);
  const missed = seenAtPause === undefined ? "" : `, ${since.toLocaleString("en")} since the pause`;
  return (
    <>
      <span role="status" className="pf-v6-screen-reader">
        {seenAtPause === undefined ? "" : `Paused after ${seenAtPause.toLocaleString("en")} events.`}
      </span>
      <Content component="small">{`${seen}${left}${missed}.`}</Content>
    </>
  );
}
