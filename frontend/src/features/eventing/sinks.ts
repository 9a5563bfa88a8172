import { useQuery } from "@tanstack/react-query";
import { NotFoundError } from "#api/errors.ts";
import { objectsQuery } from "#api/objects.ts";
import { functionType, serviceType } from "#resources/well-known-types.ts";
import { serviceUrl } from "#resources/service-url.ts";
import type { Subscription } from "./subscription.ts";

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

/** "orders" for http://orders.shop.svc.cluster.local in shop; the whole URL for everything else. Pure. */
export function sinkName(sink: string, namespace: string): string {
  if (!URL.canParse(sink)) return sink;
  const { hostname, port, pathname, search } = new URL(sink);
  const suffix = `.${namespace}.svc.cluster.local`;
  if (!hostname.endsWith(suffix)) return sink;
  const name = hostname.slice(0, -suffix.length);
  return `${name}${port === "" ? "" : `:${port}`}${pathname === "/" ? "" : pathname}${search}`;
}

/** An event that a sink gets, of a Subscription that is ready if there is one; undefined when no Subscription brings it any. Pure. */
export function eventFor(
  sink: string,
  objects: Iterable<unknown>,
): { source: string; type: string } | undefined {
  const host = hostOf(sink);
  const bringing = ([...objects] as Subscription[]).filter(
    ({ spec }) => host !== undefined && hostOf(spec?.sink ?? "") === host,
  );
  const found = bringing.find(({ status }) => status?.ready === true) ?? bringing[0];
  return found && { source: found.spec?.source ?? "", type: found.spec?.types?.[0] ?? "" };
}

/** With its port, unless that is the usual one. */
function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}

/** Functions first; the Services behind them are not named a second time. Pure. */
export function sinkChoices(
  namespace: string,
  functions: readonly Named[],
  services: readonly Service[],
): { functions: SinkChoice[]; services: SinkChoice[] } {
  const names = new Set(functions.map(({ metadata }) => metadata.name));
  return {
    functions: [...names].map((name) => ({ url: serviceUrl(namespace, name), label: name })),
    services: services
      .filter(({ metadata, spec }) => !names.has(metadata.name) && spec?.type !== "ExternalName")
      .flatMap(({ metadata: { name }, spec }) =>
        (spec?.ports ?? [])
          .filter(({ protocol = "TCP" }) => protocol === "TCP")
          .map(({ port }) => ({ url: serviceUrl(namespace, name, port), label: `${name}, port ${port}` })),
      ),
  };
}

/** What can take events in a namespace, and why some of it may be left out, in sentences. */
export function useSinkChoices(namespace: string): ReturnType<typeof sinkChoices> & { faults: string[] } {
  const enabled = namespace !== "";
  const functions = useQuery({ ...objectsQuery<Named>(functionType, namespace), enabled, retry: false });
  const services = useQuery({ ...objectsQuery<Service>(serviceType, namespace), enabled, retry: false });
  const fault = (what: string, error: Error | null) =>
    // A cluster without Functions lacks nothing that could be chosen.
    error && !(error instanceof NotFoundError) ? [`${what} cannot be listed: ${error.message}`] : [];
  return {
    ...sinkChoices(namespace, functions.data ?? [], services.data ?? []),
    faults: [...fault("Functions", functions.error), ...fault("Services", services.error)],
  };
}
