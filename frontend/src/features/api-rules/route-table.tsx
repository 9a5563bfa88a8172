import { Label, LabelGroup } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { ApiRuleTrafficQuery } from "#api/generated/graphql.ts";
import type { EffectiveRoute } from "./api-rules-api.ts";

type Traffic = NonNullable<ApiRuleTrafficQuery["apiRuleTraffic"]>;

/** Rules as the gateway enforces them, in words, with how often each was used. */
export function RouteTable({ routes, traffic }: { routes: EffectiveRoute[]; traffic?: Traffic | undefined }) {
  return (
    <Table aria-label="Effective routes" variant="compact">
      <Thead>
        <Tr>
          <Th>Rule</Th>
          <Th modifier="fitContent">Path</Th>
          <Th>Methods</Th>
          <Th>Who may call</Th>
          <Th modifier="fitContent">Goes to</Th>
          {traffic ? <Th modifier="fitContent">Requests</Th> : null}
          {traffic ? <Th modifier="fitContent">Refused</Th> : null}
          {traffic ? <Th modifier="fitContent">Errors</Th> : null}
        </Tr>
      </Thead>
      <Tbody>
        {routes.map((route) => {
          const counted = traffic?.find(({ index }) => index === route.index);
          return (
            <Tr key={route.index}>
              <Td dataLabel="Rule">{route.index + 1}</Td>
              <Td dataLabel="Path" modifier="breakWord">
                <code>{route.path}</code>
              </Td>
              <Td dataLabel="Methods">
                <LabelGroup numLabels={9}>
                  {route.methods.map((method) => (
                    <Label key={method} isCompact>
                      {method}
                    </Label>
                  ))}
                </LabelGroup>
              </Td>
              <Td dataLabel="Who may call" modifier="breakWord">
                {route.access}
                {route.note ? <div className="kyma-subtle">{route.note}</div> : null}
              </Td>
              <Td dataLabel="Goes to" modifier="breakWord">
                {route.service}
              </Td>
              {traffic ? <Td dataLabel="Requests">{counted?.requests ?? 0}</Td> : null}
              {traffic ? <Td dataLabel="Refused">{counted?.refused ?? 0}</Td> : null}
              {traffic ? <Td dataLabel="Errors">{counted?.errors ?? 0}</Td> : null}
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}
