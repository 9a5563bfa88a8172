import type { WorkloadPart } from "#api/workload-parts.ts";

type Counts = WorkloadPart["replicas"];

/** One square per replica up to this number; above it a bar. */
const mostSquares = 40;

/** How many replicas are available, ready, or only wanted: as squares for small numbers, as a bar for large ones. */
export function ReplicaBar({ counts }: { counts: Counts }) {
  const { desired, current, updated, ready, available } = counts;
  const all = Math.max(desired, current);
  const text = `${desired} wanted, ${current} there, ${updated} up to date, ${ready} ready, ${available} available`;
  return (
    <figure className="kyma-replicas" aria-label={`Replicas: ${text}`}>
      {all === 0 ? null : all <= mostSquares ? (
        <div className="kyma-replica-squares" aria-hidden>
          {Array.from({ length: all }, (_, index) => (
            <span key={index} data-state={stateOf(index, counts)} />
          ))}
        </div>
      ) : (
        <div className="kyma-replica-bar" aria-hidden>
          <span data-state="available" style={{ inlineSize: `${(available / all) * 100}%` }} />
          <span data-state="ready" style={{ inlineSize: `${((ready - available) / all) * 100}%` }} />
          <span data-state="there" style={{ inlineSize: `${((current - ready) / all) * 100}%` }} />
        </div>
      )}
      <figcaption>{all === 0 ? "Scaled to zero: nothing runs." : `${text}.`}</figcaption>
    </figure>
  );
}

function stateOf(index: number, { available, ready, current }: Counts): string {
  if (index < available) return "available";
  if (index < ready) return "ready";
  return index < current ? "there" : "missing";
}
