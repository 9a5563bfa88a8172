import { Label } from "@patternfly/react-core";
import { ConnectedIcon, DisconnectedIcon, InProgressIcon } from "@patternfly/react-icons";

/** How fresh what is shown is. `stale` carries the time (ms) from which on changes may be missing. */
export type Freshness = { state: "live" } | { state: "loading" } | { state: "stale"; since: number };

function clock(ms: number): string {
  return new Date(ms).toLocaleTimeString([], {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hour12: false,
  });
}

/** Tells whether a view is live, still loading, or stale since when while it reconnects. */
export function FreshnessBadge({ freshness }: { freshness: Freshness }) {
  if (freshness.state === "live") {
    return (
      <Label isCompact variant="outline" color="green" icon={<ConnectedIcon />} aria-live="polite">
        live
      </Label>
    );
  }
  if (freshness.state === "loading") {
    return (
      <Label isCompact variant="outline" icon={<InProgressIcon />} aria-live="polite">
        loading
      </Label>
    );
  }
  return (
    <Label isCompact status="warning" variant="outline" icon={<DisconnectedIcon />} aria-live="polite">
      reconnecting, stale since {clock(freshness.since)}
    </Label>
  );
}
