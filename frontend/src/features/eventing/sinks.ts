import { useQuery } from "@tanstack/react-query";
import { objectsQuery } from "#api/objects.ts";
import { functionType, serviceType } from "#resources/well-known-types.ts";

interface Service {
  metadata: { name: string };
  spec?: { type?: string; ports?: { port: number; protocol?: string }[] };
}

interface Named {
  metadata: { name: string };
}

/** A Service or Function that can take events, with the URL by which a Subscription names it. */
export interface SinkChoice {
  url: string;
  label: string;
}

/** The URL of a Service's port inside the cluster. Pure. */
export function sinkUrl(namespace: string, service: string, port = 80): string {
  return `http://${service}.${namespace}.svc.cluster.local${port === 80 ? "" : `:${port}`}`;
}

/** "orders" for http://orders.shop.svc.cluster.local in shop; the whole URL for everything else. Pure. */
export function sinkName(sink: string, namespace: string): string {
  if (!URL.canParse(sink)) return sink;
  const { hostname, port, pathname, search } = new URL(sink);
  const suffix = `.${namespace}.svc.cluster.local`;
  if (!hostname.endsWith(suffix)) return sink;
  const name = hostname.slice(0, -suffix.length);
  return `${name}${port === "" ? "" : `:${port}`}${pathname === "/" ? "" : pathname}${search}`;
}

/** Functions first; the Services behind them are not named a second time. Pure. */
export function sinkChoices(
  namespace: string,
  functions: readonly Named[],
  services: readonly Service[],
): { functions: SinkChoice[]; services: SinkChoice[] } {
  const names = new Set(functions.map(({ metadata }) => metadata.name));
  return {
    functions: [...names].map((name) => ({ url: sinkUrl(namespace, name), label: name })),
    services: services
      .filter(({ metadata, spec }) => !names.has(metadata.name) && spec?.type !== "ExternalName")
      .flatMap(({ metadata: { name }, spec }) =>
        (spec?.ports ?? [])
          .filter(({ protocol = "TCP" }) => protocol === "TCP")
          .map(({ port }) => ({ url: sinkUrl(namespace, name, port), label: `${name}, port ${port}` })),
      ),
  };
}

/** What can take events in a namespace, as far as the person may see it. */
export function useSinkChoices(namespace: string): ReturnType<typeof sinkChoices> {
  const enabled = namespace !== "";
  const functions = useQuery({ ...objectsQuery<Named>(functionType, namespace), enabled, retry: false });
  const services = useQuery({ ...objectsQuery<Service>(serviceType, namespace), enabled, retry: false });
  return sinkChoices(namespace, functions.data ?? [], services.data ?? []);
}
