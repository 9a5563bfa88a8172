import type { LogSource } from "#api/resources.ts";
import type { ContainerStatus, Pod } from "#resources/kube-objects.ts";

/** A container's run whose log is worth reading; a restarted container is a new source. */
export interface FunctionLogSource extends LogSource {
  restart: number;
}

const mostSources = 30;

function hasStarted({ state, lastState }: ContainerStatus): boolean {
  return (
    state?.running !== undefined || state?.terminated !== undefined || lastState?.terminated !== undefined
  );
}

/** The logs of a Function's pods: its own container and the one that installs dependencies. Pure. */
export function logSources(pods: readonly Pod[]): FunctionLogSource[] {
  return pods.flatMap(({ metadata, status }) =>
    [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
      .filter(hasStarted)
      .map((container) => ({
        namespace: metadata.namespace ?? "",
        pod: metadata.name,
        container: container.name,
        restart: container.restartCount ?? 0,
      })),
  );
}

export function sourceKey({ pod, container, restart }: FunctionLogSource): string {
  return `${pod}/${container}/${restart}`;
}

/** The sources seen so far with the present ones added, so that lines of pods that are gone stay readable. Pure. */
export function withSeen(
  seen: readonly FunctionLogSource[],
  present: readonly FunctionLogSource[],
): readonly FunctionLogSource[] {
  const known = new Set(seen.map(sourceKey));
  const added = present.filter((source) => !known.has(sourceKey(source)));
  return added.length === 0 ? seen : [...seen, ...added].slice(-mostSources);
}
