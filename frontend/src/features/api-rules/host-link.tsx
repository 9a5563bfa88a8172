import type { ApiRule } from "./api-rule.ts";
import { fullHost } from "./api-rule.ts";
import type { GatewayInfo } from "./api-rules-api.ts";

/** The host in full, as a link that opens it; a wildcard host is only text. */
export function HostLink({ rule, gateways }: { rule: ApiRule; gateways: GatewayInfo[] }) {
  const gateway = gateways.find(({ ref }) => ref === rule.spec.gateway);
  const host = fullHost(rule.spec.hosts[0] ?? "", gateway?.domain);
  if (!gateway || host.startsWith("*")) return <>{host}</>;
  return (
    <a href={gateway.urlTemplate.replace("{host}", host)} target="_blank" rel="noreferrer noopener">
      {host}
    </a>
  );
}
