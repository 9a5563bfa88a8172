import type { Pod } from "#resources/kube-objects.ts";
import type { Revision } from "./functions-api.ts";

/** Which version answers requests now. */
export type Serving =
  | { version: "none" }
  | { version: "newest" }
  /** `revision` is undefined when no kept revision has the code that the pods run. */
  | { version: "earlier"; revision: number | undefined };

interface EnvVar {
  name: string;
  value?: string;
}

function codeOf(pod: Pod): string {
  const [container] = (pod.spec?.containers ?? []) as { env?: EnvVar[] }[];
  const valueOf = (name: string) => container?.env?.find((entry) => entry.name === name)?.value ?? "";
  return JSON.stringify([valueOf("FUNC_HANDLER_SOURCE"), valueOf("FUNC_HANDLER_DEPENDENCIES").trim()]);
}

function codeOfRevision({ spec }: Revision): string {
  const { source = "", dependencies = "" } = spec.source.inline ?? {};
  return JSON.stringify([source, dependencies.trim()]);
}

function isReady(pod: Pod): boolean {
  const ready = pod.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True");
  return ready === true && pod.metadata.deletionTimestamp === undefined;
}

/** Tells by the code in the ready pods which revision serves; revisions are newest first. Pure. */
export function servingVersion(pods: readonly Pod[], revisions: readonly Revision[]): Serving {
  const ready = pods.filter(isReady);
  const [first] = ready;
  if (first === undefined) return { version: "none" };
  const [newest] = revisions;
  if (newest && ready.some((pod) => codeOf(pod) === codeOfRevision(newest))) return { version: "newest" };
  const code = codeOf(first);
  return { version: "earlier", revision: revisions.find((one) => codeOfRevision(one) === code)?.revision };
}
