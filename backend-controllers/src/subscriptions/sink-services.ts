import { readSink, type Sink } from "@kyma/eventing/sink.ts";
import type { WantedDelivery } from "@kyma/eventing/subscription-spec.ts";
import type { ObjectKey } from "@kyma/kube/objects.ts";
import type { Service } from "./kinds.ts";

type FindService = (key: ObjectKey) => Service | undefined;

/** Why events cannot be sent at the moment although the sink itself is valid, as a sentence. Pure. */
export function sinkProblem({ sink }: WantedDelivery, find: FindService): string | undefined {
  const trouble = serviceTrouble(sink, find);
  return trouble === undefined ? undefined : `sink ${trouble}`;
}

/** What will go wrong although events are sent, each as a sentence. Pure. */
export function sinkWarnings({ sink, deadLetterSink }: WantedDelivery, find: FindService): string[] {
  const field = "config.deadLetterSink";
  const trouble =
    deadLetterSink && (serviceTrouble(deadLetterSink, find) ?? portTrouble(deadLetterSink, find));
  const port = portTrouble(sink, find);
  return [
    ...(port === undefined ? [] : [`sink ${port}, so deliveries fail`]),
    ...(trouble === undefined
      ? []
      : [`${field} ${trouble}; what cannot be delivered is kept in the stream of dead letters`]),
  ];
}

function serviceTrouble({ service }: Sink, find: FindService): string | undefined {
  if (!service) return undefined;
  const { namespace, name } = service;
  const found = find({ namespace, name });
  if (!found) return `names the Service ${namespace}/${name}, which does not exist`;
  if (found.spec.type === "ExternalName")
    return `names the Service ${namespace}/${name}, which is an ExternalName; name one with pods, or an allowed host`;
  return undefined;
}

function portTrouble({ service }: Sink, find: FindService): string | undefined {
  if (!service) return undefined;
  const ports = (find(service)?.spec.ports ?? []).map(({ port }) => port);
  if (ports.length === 0 || ports.includes(service.port)) return undefined;
  return `has the port ${service.port}, but the Service ${service.namespace}/${service.name} has ${ports.join(", ")}`;
}

/** Keys of the Services ("namespace/name") that a spec of any shape names, also where it may not. Pure. */
export function namedServices(spec: unknown): string[] {
  const { sink, config } = (spec ?? {}) as { sink?: unknown; config?: { deadLetterSink?: unknown } | null };
  return [sink, config?.deadLetterSink].flatMap((text) => {
    const target = typeof text === "string" ? readSink(text, anywhere) : undefined;
    if (!target || "problem" in target || !target.service) return [];
    return [`${target.service.namespace}/${target.service.name}`];
  });
}

const anywhere = { namespace: "", allowedHosts: ["*.svc.cluster.local"] };
