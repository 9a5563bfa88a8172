import { Progress, ProgressMeasureLocation, Skeleton } from "@patternfly/react-core";
import type { WindowState } from "./window-state.ts";
import type { ListProgress } from "./window-store.ts";

const count = new Intl.NumberFormat("en");

/** Which rows are seen, of how many; and how many of them the server still reads. */
export function RangeText({ window, first, last }: { window: WindowState; first: number; last: number }) {
  const { total, unfiltered, arriving } = window;
  const filtered = unfiltered > total ? ` (filtered from ${count.format(unfiltered)})` : "";
  const seen = total === 0 ? "0" : `${count.format(first + 1)}–${count.format(Math.min(total, last + 1))}`;
  return (
    <div className="kyma-list-range" role="status" aria-live="off">
      {seen} of {count.format(total)}
      {filtered}
      {arriving > 0 ? `, reading ${count.format(arriving)} more…` : ""}
    </div>
  );
}

/** Stands where rows will be as soon as the list is there, and says how much of it has been read. */
export function LoadingRows({ label, progress }: { label: string; progress: ListProgress | undefined }) {
  return (
    <div className="kyma-list-loading">
      {progress ? (
        <Progress
          size="sm"
          title={`Read ${count.format(progress.read)} of ${count.format(progress.total)}`}
          value={Math.round((progress.read / progress.total) * 100)}
          measureLocation={ProgressMeasureLocation.none}
        />
      ) : null}
      <div className="kyma-list-loading" role="status" aria-label={`Loading ${label}`}>
        {Array.from({ length: 8 }, (_, index) => (
          <Skeleton key={index} height="1.25rem" width={`${90 - index * 6}%`} />
        ))}
      </div>
    </div>
  );
}
