import { Alert, SearchInput, Switch, Toolbar, ToolbarContent, ToolbarItem } from "@patternfly/react-core";
import { CheckCircleIcon, MinusCircleIcon, MinusIcon } from "@patternfly/react-icons";
import { ExpandableRowContent, Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { accessRulesQuery } from "#api/access.ts";
import { apiResourcesQuery } from "#api/objects.ts";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { matrixOf, matrixVerbs, type MatrixRow } from "./access-matrix.ts";
import { WhyPanel } from "./why-panel.tsx";

/** Kinds × verbs in one namespace, or (undefined) in all of them and on what has none. */
export function AccessMatrix({ namespace }: { namespace: string | undefined }) {
  const [filter, setFilter] = useState("");
  const [onlyMine, setOnlyMine] = useState(false);
  const served = useQuery(apiResourcesQuery);
  const rules = useQuery(accessRulesQuery(namespace));
  const error = served.error ?? rules.error;
  if (error) {
    const retry = () => void Promise.all([served.refetch(), rules.refetch()]);
    return <ErrorState title="Your rights cannot be read" error={error} retry={retry} />;
  }
  if (!served.data || !rules.data) return <Loading what="your rights" />;
  const kinds = served.data.filter(({ namespaced }) => namespaced || namespace === undefined);
  const rows = matrixOf(kinds, rules.data.rules)
    .filter(({ key }) => key.includes(filter.trim().toLowerCase()))
    .filter(({ rules: giving }) => !onlyMine || giving.length > 0);
  return (
    <div className="kyma-tab">
      {rules.data.incomplete ? (
        <Alert isInline variant="info" title="There may be more than is shown">
          {rules.data.note ?? "One of the cluster's authorizers cannot list what it allows."} To be sure of
          one right, ask for it under “Can I…?”.
        </Alert>
      ) : null}
      <Toolbar inset={{ default: "insetNone" }}>
        <ToolbarContent alignItems="center">
          <ToolbarItem>
            <SearchInput
              aria-label="Filter kinds"
              placeholder="Filter kinds"
              value={filter}
              onChange={(_event, value) => setFilter(value)}
              onClear={() => setFilter("")}
            />
          </ToolbarItem>
          <ToolbarItem>
            <Switch
              id="only-mine"
              label="Only what I may do"
              isChecked={onlyMine}
              onChange={(_event, checked) => setOnlyMine(checked)}
            />
          </ToolbarItem>
          <ToolbarItem>
            <span aria-live="polite">{rows.length} kinds</span>
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      {rows.length === 0 ? (
        <EmptyNotice title="Nothing fits" isSearch>
          {onlyMine ? "You have no right on any kind that fits the filter." : "No kind fits the filter."}
        </EmptyNotice>
      ) : (
        <MatrixTable rows={rows} namespace={namespace} />
      )}
    </div>
  );
}

function MatrixTable({ rows, namespace }: { rows: MatrixRow[]; namespace: string | undefined }) {
  const [open, setOpen] = useState<string>();
  return (
    <div className="kyma-matrix">
      <Table aria-label="Rights" variant="compact" gridBreakPoint="" isExpandable isStickyHeader>
        <Thead>
          <Tr>
            <Th screenReaderText="Why" />
            <Th>Kind</Th>
            {matrixVerbs.map((verb) => (
              <Th key={verb} textCenter visibility={wideOnly}>
                {verb}
              </Th>
            ))}
          </Tr>
        </Thead>
        {rows.map((row, index) => (
          <Tbody key={row.key} isExpanded={open === row.key}>
            <Tr>
              <Td
                expand={{
                  rowIndex: index,
                  isExpanded: open === row.key,
                  onToggle: () => setOpen(open === row.key ? undefined : row.key),
                }}
              />
              <Th scope="row" modifier="breakWord">
                {row.key}
                <div className="kyma-narrow-only kyma-subtle">{allowedText(row)}</div>
              </Th>
              {matrixVerbs.map((verb) => (
                <Td key={verb} textCenter visibility={wideOnly}>
                  <CellMark cell={row.cells[verb]} />
                </Td>
              ))}
            </Tr>
            {open === row.key ? (
              <Tr isExpanded>
                <Td colSpan={matrixVerbs.length + 2}>
                  <ExpandableRowContent>
                    <WhyPanel row={row} namespace={namespace} />
                  </ExpandableRowContent>
                </Td>
              </Tr>
            ) : null}
          </Tbody>
        ))}
      </Table>
    </div>
  );
}

const wideOnly: ("hidden" | "visibleOnMd")[] = ["hidden", "visibleOnMd"];

/** Where there is no room for a column per verb. */
function allowedText({ cells }: MatrixRow): string {
  const texts = matrixVerbs.flatMap((verb) =>
    cells[verb] === "yes" ? [verb] : cells[verb] === "some" ? [`${verb} (some)`] : [],
  );
  return texts.length === 0 ? "nothing" : texts.join(", ");
}

const marks = {
  yes: { Icon: CheckCircleIcon, text: "yes", className: "kyma-may" },
  some: { Icon: CheckCircleIcon, text: "only some, by name", className: "kyma-may-some" },
  no: { Icon: MinusCircleIcon, text: "no", className: "kyma-may-not" },
  "n/a": { Icon: MinusIcon, text: "does not apply", className: "kyma-subtle" },
};

function CellMark({ cell }: { cell: MatrixRow["cells"]["get"] }) {
  const { Icon, text, className } = marks[cell];
  // "n/a" would only be noise.
  if (cell === "n/a") return <span className="pf-v6-screen-reader">{text}</span>;
  return (
    <span className={className} title={text}>
      <Icon aria-hidden />
      <span className="pf-v6-screen-reader">{text}</span>
      {cell === "some" ? <span aria-hidden> some</span> : null}
    </span>
  );
}
