import { Alert, DescriptionList } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link } from "@tanstack/react-router";
import type { ObjectView } from "#resources/feature.ts";
import { Fact } from "#resources/fact.tsx";
import { ObjectLink } from "#resources/object-page/object-link.tsx";
import { PagePart } from "#resources/object-page/page-part.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import { visibleText } from "#ui/visible-text.ts";
import { ruleRows, type Binding, type Role, type Subject } from "./rules.ts";

/** What a role allows, as a table. */
export function RoleCard({ object }: ObjectView) {
  const { rules, aggregationRule } = object as Role;
  const rows = ruleRows(rules ?? []);
  return (
    <PagePart title="What it allows">
      {aggregationRule ? (
        <p className="kyma-subtle">
          Put together from the ClusterRoles with{" "}
          {aggregationRule.clusterRoleSelectors
            ?.map(({ matchLabels = {} }) =>
              Object.entries(matchLabels)
                .map(([key, value]) => `${key}=${value}`)
                .join(","),
            )
            .join(" or ")}
          .
        </p>
      ) : null}
      {rows.length === 0 ? (
        <p>It allows nothing.</p>
      ) : (
        <Table aria-label="What it allows" variant="compact" gridBreakPoint="grid-md">
          <Thead>
            <Tr>
              <Th>Resource</Th>
              <Th>API group</Th>
              <Th>Which ones</Th>
              <Th width={40}>Verbs</Th>
            </Tr>
          </Thead>
          <Tbody>
            {rows.map(({ what, group, names, verbs, risk }, index) => (
              <Tr key={index}>
                <Td dataLabel="Resource" modifier="breakWord">
                  {visibleText(what)}
                </Td>
                <Td dataLabel="API group" modifier="breakWord">
                  {visibleText(group)}
                </Td>
                <Td dataLabel="Which ones" modifier="breakWord">
                  {visibleText(names)}
                </Td>
                <Td dataLabel="Verbs" modifier="breakWord">
                  {visibleText(verbs)} {risk ? <StatusLabel health="warning">{risk}</StatusLabel> : null}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </PagePart>
  );
}

const rbac = { group: "rbac.authorization.k8s.io", version: "v1" };

function accountLink({ name, namespace }: Subject) {
  return { group: "", version: "v1", plural: "serviceaccounts", kind: "ServiceAccount", namespace, name };
}

/** Who gets what by a binding. */
export function BindingCard({ object }: ObjectView) {
  const { roleRef, subjects, metadata } = object as Binding;
  const isCluster = metadata.namespace === undefined;
  const role =
    roleRef?.kind === "Role"
      ? { ...rbac, plural: "roles", kind: "Role", namespace: metadata.namespace, name: roleRef.name }
      : { ...rbac, plural: "clusterroles", kind: "ClusterRole", name: roleRef?.name ?? "" };
  return (
    <PagePart title="Who gets what">
      {!subjects?.length ? (
        <Alert isInline isPlain variant="info" title="It names nobody, so it gives nothing" />
      ) : null}
      <DescriptionList columnModifier={{ default: "1Col", lg: "2Col" }}>
        <Fact term="Who">
          {(subjects ?? []).map((subject) => (
            <div key={`${subject.kind}/${subject.namespace}/${subject.name}`}>
              {subject.kind === "ServiceAccount" ? (
                <ObjectLink to={accountLink(subject)} from={metadata.namespace} />
              ) : (
                <>
                  {subject.kind} <strong>{visibleText(subject.name)}</strong>
                </>
              )}
            </div>
          ))}
        </Fact>
        <Fact term="Gets the rights of">
          <ObjectLink to={role} from={metadata.namespace} />
        </Fact>
        <Fact term="Where">{isCluster ? "in the whole cluster" : `in namespace ${metadata.namespace}`}</Fact>
        <Fact term="Turned round">
          <Link to="/who-can">Who can do what?</Link>
        </Fact>
      </DescriptionList>
    </PagePart>
  );
}
