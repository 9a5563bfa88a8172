/** Where events may be delivered to. Source: Kyma's rules for a Subscription's sink; others only where an administrator allows them. */
export interface SinkRules {
  /** Namespace of the Subscription. */
  namespace: string;
  /** Hosts beyond the namespace's own Services: exact, or `*.` and a domain. */
  allowedHosts: readonly string[];
}

export interface Sink {
  url: URL;
  /** The Service that it names; undefined for a host outside the cluster. */
  service: { namespace: string; name: string; port: number } | undefined;
}

/** The ConfigMap in which an administrator allows further hosts. */
export const allowedHostsSource = { namespace: "kyma-system", name: "eventing-sinks" };

/** What that ConfigMap allows: its key `allowedHosts` has one host a line, and what follows a # is for people. Pure. */
export function readAllowedHosts(data: Record<string, string> | undefined): readonly string[] {
  return (data?.["allowedHosts"] ?? "").split("\n").flatMap((line) => line.split("#")[0]?.trim() || []);
}

const clusterDomain = "svc.cluster.local";

/**
 * The sink of a Subscription, or a sentence why it cannot be one; `field` names the field in it. Does not look whether the Service exists.
 * Pure.
 */
export function readSink(sink: string, rules: SinkRules, field = "sink"): Sink | { problem: string } {
  const url = URL.canParse(sink) ? new URL(sink) : undefined;
  if (!url || !/^https?:\/\//i.test(sink))
    return { problem: `${field} "${shorten(sink)}" must be a URL that begins with http:// or https://` };
  if (url.username || url.password) return { problem: `${field} must not hold a user name or password` };
  const host = url.hostname.toLowerCase();
  const allowed = rules.allowedHosts.some((pattern) => hostMatches(host, pattern.toLowerCase()));
  if (!host.endsWith(`.${clusterDomain}`)) {
    if (allowed) return { url, service: undefined };
    return {
      problem: `${field} host "${shorten(host)}" must end with ${clusterDomain}; ask an administrator to allow it`,
    };
  }
  const labels = host.split(".");
  if (labels.length !== 5)
    return {
      problem: `${field} host "${shorten(host)}" must have the form <service>.<namespace>.${clusterDomain}`,
    };
  const [name = "", namespace = ""] = labels;
  if (namespace !== rules.namespace && !allowed)
    return {
      problem: `${field} is in the namespace "${namespace}", but must be in the Subscription's own, "${rules.namespace}"`,
    };
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  return { url, service: { namespace, name, port } };
}

function hostMatches(host: string, pattern: string): boolean {
  return pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) : host === pattern;
}

/** Text of people as far as a sentence can hold it. */
function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
