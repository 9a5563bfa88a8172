import { useQuery } from "@tanstack/react-query";
import type { ListCellProps, ListLook } from "#resources/feature.ts";
import { HealthText } from "#ui/health-text.tsx";
import type { ApiRule } from "./api-rule.ts";
import { apiRuleState } from "#resources/kyma-states.ts";
import { gatewaysQuery } from "./api-rules-api.ts";
import { HostLink } from "./host-link.tsx";

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function ruleOf({ row }: ListCellProps, spec: Partial<ApiRule["spec"]>, state?: string): ApiRule {
  return {
    apiVersion: "",
    kind: "APIRule",
    metadata: { name: row.name, namespace: row.namespace ?? "" },
    spec: { hosts: [], rules: [], ...spec },
    ...(state === undefined ? {} : { status: { state } }),
  };
}

function StateCell(props: ListCellProps) {
  const [state, description] = props.values.map(text);
  const { health, text: word } = apiRuleState(ruleOf(props, {}, state));
  return (
    <span title={description}>
      <HealthText health={health}>{word}</HealthText>
    </span>
  );
}

function HostCell(props: ListCellProps) {
  const gateways = useQuery(gatewaysQuery).data?.gateways ?? [];
  const [host = "", gateway] = props.values.map(text);
  return (
    <HostLink
      rule={ruleOf(props, { hosts: [host], ...(gateway === undefined ? {} : { gateway }) })}
      gateways={gateways}
    />
  );
}

/** How the list of APIRules differs from what kubectl prints: states that say what is wrong, hosts that can be opened. */
export const apiRuleLook: ListLook = {
  kinds: ["apirules.gateway.kyma-project.io"],
  hidden: ["cell:Status", "cell:Hosts"],
  columns: [
    {
      id: "console:state",
      name: "State",
      needs: ["jsonpath:{.status.state}", "jsonpath:{.status.description}"],
      sort: "cell:Status",
      Cell: StateCell,
    },
    {
      id: "console:host",
      name: "Host",
      needs: ["jsonpath:{.spec.hosts[0]}", "jsonpath:{.spec.gateway}"],
      sort: "cell:Hosts",
      Cell: HostCell,
    },
  ],
};
