import { subscriptions } from "@kyma/crds/resource-types.ts";
import { allowedHostsSource, readAllowedHosts } from "@kyma/eventing/sink.ts";
import { readSubscription, type WantedDelivery } from "@kyma/eventing/subscription-spec.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { ForbiddenError, NotFoundError } from "@kyma/kube/errors.ts";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import { configMaps, services } from "@kyma/kube/resource-types.ts";
import { badInput } from "../graphql/errors.ts";
import { checkNamespace } from "../resources/references.ts";
import { toObject } from "../resources/yaml-text.ts";
import type { FieldProblem } from "./event-checks.ts";

/** What the controller would say against a Subscription, and what would keep its events waiting. */
export async function subscriptionProblems(
  kube: KubeClient,
  value: unknown,
  signal: AbortSignal,
): Promise<FieldProblem[]> {
  const object = toObject(value);
  if (object.kind !== subscriptions.kind) throw badInput("this is no Subscription");
  const { namespace = "", name } = object.metadata;
  checkNamespace(namespace);
  const spec: unknown = object["spec"];
  const allowed = (await allowedHosts(kube, signal)) ?? hostsOf(spec);
  const reading = readSubscription({ namespace, name }, spec, allowed);
  if ("problems" in reading)
    return reading.problems.map(({ field, message }) => ({
      field: field === "" ? "spec" : `spec.${field}`,
      message: `${message}.`,
      blocks: true,
    }));
  return sinkNotes(kube, reading, signal);
}

/** Hosts that an administrator allowed; undefined when the person may not see which. */
async function allowedHosts(kube: KubeClient, signal: AbortSignal): Promise<readonly string[] | undefined> {
  try {
    const found = await kube.get<UnknownObject>(configMaps, allowedHostsSource, { signal });
    return readAllowedHosts(found["data"] as Record<string, string> | undefined);
  } catch (error) {
    if (error instanceof NotFoundError) return [];
    if (error instanceof ForbiddenError) return undefined;
    throw error;
  }
}

/** The hosts that a spec names: whoever may not see what is allowed is told by the controller. Pure. */
export function hostsOf(spec: unknown): string[] {
  const { sink, config } = (spec ?? {}) as { sink?: unknown; config?: { deadLetterSink?: unknown } | null };
  return [sink, config?.deadLetterSink].flatMap((one) =>
    typeof one === "string" && URL.canParse(one) ? [new URL(one).hostname] : [],
  );
}

async function sinkNotes(
  kube: KubeClient,
  { sink, deadLetterSink }: WantedDelivery,
  signal: AbortSignal,
): Promise<FieldProblem[]> {
  const named = [
    { field: "spec.sink", sink, waits: "events wait until it is there" },
    {
      field: "spec.config.deadLetterSink",
      sink: deadLetterSink,
      waits: "events that cannot be delivered are kept until it is there",
    },
  ];
  const notes = await Promise.all(
    named.map(async ({ field, sink: target, waits }) => {
      const service = target?.service;
      const note = service ? await serviceNote(kube, service, signal) : undefined;
      return note === undefined ? [] : [{ field, message: `${note}; ${waits}.`, blocks: false }];
    }),
  );
  return notes.flat();
}

async function serviceNote(
  kube: KubeClient,
  { namespace, name, port }: { namespace: string; name: string; port: number },
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const found = await kube.get<UnknownObject>(services, { namespace, name }, { signal });
    const { ports = [] } = (found["spec"] ?? {}) as { ports?: { port: number }[] };
    if (ports.some((one) => one.port === port)) return undefined;
    const known = ports.map((one) => one.port).join(", ") || "none";
    return `Service ${name} has no port ${port} (it has ${known})`;
  } catch (error) {
    if (error instanceof NotFoundError) return `There is no Service ${name} in ${namespace} yet`;
    if (error instanceof ForbiddenError) return undefined;
    throw error;
  }
}
