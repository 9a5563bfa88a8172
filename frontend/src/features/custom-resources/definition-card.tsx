import { DescriptionList } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link } from "@tanstack/react-router";
import type { ObjectView } from "#resources/feature.ts";
import { kindPath } from "#resources/kinds.ts";
import { Fact } from "#resources/fact.tsx";
import { PagePart } from "#resources/object-page/page-part.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import { visibleText } from "#ui/visible-text.ts";
import type { Definition, PrinterColumn } from "./definition.ts";

/** What a CRD defines: its names, versions and columns, and where its objects are. */
export function DefinitionCard({ object }: ObjectView) {
  const { spec } = object as unknown as Definition;
  const { names, group, scope, versions } = spec;
  const served =
    versions.find(({ storage, served: is }) => storage && is) ?? versions.find((version) => version.served);
  const kind = {
    group,
    version: served?.name ?? "",
    plural: names.plural,
    kind: names.kind,
    namespaced: scope === "Namespaced",
    verbs: [],
    shortNames: [],
    categories: [],
  };
  const columns = served?.additionalPrinterColumns ?? [];
  return (
    <>
      <PagePart title="What it defines">
        <DescriptionList columnModifier={{ default: "1Col", lg: "2Col" }}>
          <Fact term="Kind">
            {served ? <Link to={kindPath(kind)}>{names.kind}</Link> : names.kind} in group {group}
          </Fact>
          <Fact term="Objects">
            {served ? <Link to={kindPath(kind)}>Show all {names.plural}</Link> : "no version is served"}
          </Fact>
          <Fact term="Scope">{scope === "Namespaced" ? "in namespaces" : "in the whole cluster"}</Fact>
          <Fact term="Short names">{names.shortNames?.join(", ") ?? "none"}</Fact>
          <Fact term="Conversion">{spec.conversion?.strategy ?? "None"}</Fact>
        </DescriptionList>
        <VersionTable definition={object as unknown as Definition} />
      </PagePart>
      {columns.length > 0 ? (
        <PagePart title="Columns of its lists">
          <ColumnTable columns={columns} />
        </PagePart>
      ) : null}
    </>
  );
}

function VersionTable({ definition }: { definition: Definition }) {
  const stored = new Set(definition.status?.storedVersions);
  return (
    <Table aria-label="Versions" variant="compact" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          <Th>Version</Th>
          <Th>State</Th>
          <Th>Stored</Th>
          <Th>Subresources</Th>
        </Tr>
      </Thead>
      <Tbody>
        {definition.spec.versions.map(
          ({ name, served, storage, deprecated, deprecationWarning, subresources }) => (
            <Tr key={name}>
              <Td dataLabel="Version">{name}</Td>
              <Td dataLabel="State">
                <StatusLabel health={served ? (deprecated ? "warning" : "ok") : "none"}>
                  {served ? (deprecated ? "deprecated" : "served") : "not served"}
                </StatusLabel>{" "}
                {visibleText(deprecationWarning ?? "")}
              </Td>
              <Td dataLabel="Stored">
                {storage
                  ? "objects are stored in it"
                  : stored.has(name)
                    ? "some objects are still stored in it"
                    : "no"}
              </Td>
              <Td dataLabel="Subresources">{Object.keys(subresources ?? {}).join(", ") || "none"}</Td>
            </Tr>
          ),
        )}
      </Tbody>
    </Table>
  );
}

function ColumnTable({ columns }: { columns: readonly PrinterColumn[] }) {
  return (
    <Table aria-label="Columns" variant="compact" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          <Th>Column</Th>
          <Th>Type</Th>
          <Th>Taken from</Th>
          <Th>Shown</Th>
        </Tr>
      </Thead>
      <Tbody>
        {columns.map(({ name, type, jsonPath, description, priority = 0 }) => (
          <Tr key={name}>
            <Td dataLabel="Column" modifier="breakWord">
              {visibleText(name)}
              {description ? <div className="kyma-subtle">{visibleText(description)}</div> : null}
            </Td>
            <Td dataLabel="Type">{type}</Td>
            <Td dataLabel="Taken from" modifier="breakWord">
              <code>{visibleText(jsonPath)}</code>
            </Td>
            <Td dataLabel="Shown">{priority === 0 ? "always" : "when chosen"}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
