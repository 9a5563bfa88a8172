import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import type { TableRow } from "#api/live-rows.ts";
import { Age } from "#ui/age.tsx";
import { useRowWindow } from "#ui/row-window.ts";
import type { KindType } from "./kinds.ts";
import { objectPath } from "./kinds.ts";
import type { ShownColumn, TableView } from "./table-view.ts";
import { cellText, isAge } from "./table-view.ts";

/** Height of a compact row, in px; console.css sets the same. */
const rowHeight = 41;

/** Rows of a live table, only those in view rendered. */
export function ResourceTable(props: {
  label: string;
  type: KindType;
  columns: readonly ShownColumn[];
  rows: readonly TableRow[];
  view: TableView;
  onView: (view: TableView) => void;
  showNamespace: boolean;
}) {
  const container = useRef<HTMLDivElement>(null);
  const { start, end, before, after } = useRowWindow(container, props.rows.length, rowHeight);
  const offset = props.showNamespace ? 1 : 0;
  const sort = (columnIndex: number) => ({
    columnIndex,
    sortBy: {
      index: props.view.sortBy + offset,
      direction: props.view.descending ? ("desc" as const) : ("asc" as const),
    },
    onSort: (_event: unknown, index: number, direction: "asc" | "desc") =>
      props.onView({ ...props.view, sortBy: index - offset, descending: direction === "desc" }),
  });
  const width = props.columns.length + offset;
  return (
    <div ref={container} className="kyma-rows">
      <Table
        aria-label={props.label}
        aria-rowcount={props.rows.length + 1}
        variant="compact"
        gridBreakPoint=""
        isStickyHeader
      >
        <Thead>
          <Tr>
            {props.showNamespace ? <Th sort={sort(0)}>Namespace</Th> : null}
            {props.columns.map((column, index) => (
              <Th key={column.name} sort={sort(index + offset)}>
                {column.name}
              </Th>
            ))}
          </Tr>
        </Thead>
        <Tbody>
          <Spacer height={before} width={width} />
          {props.rows.slice(start, end).map((row, index) => (
            <ResourceRow key={row.key} {...props} row={row} position={start + index + 2} />
          ))}
          <Spacer height={after} width={width} />
        </Tbody>
      </Table>
    </div>
  );
}

function Spacer({ height, width }: { height: number; width: number }) {
  if (height === 0) return null;
  return (
    <Tr aria-hidden="true" isBorderRow={false}>
      <Td colSpan={width} style={{ height }} />
    </Tr>
  );
}

function ResourceRow(props: {
  type: KindType;
  columns: readonly ShownColumn[];
  row: TableRow;
  position: number;
  showNamespace: boolean;
}) {
  const { row } = props;
  return (
    <Tr aria-rowindex={props.position}>
      {props.showNamespace ? <Td modifier="nowrap">{row.namespace}</Td> : null}
      {props.columns.map((column, index) => (
        <Td
          key={column.name}
          modifier={index === 0 ? "nowrap" : "truncate"}
          title={cellText(row.cells[column.cell])}
        >
          {index === 0 ? (
            <Link to={objectPath(props.type, row.namespace, row.name)}>{row.name}</Link>
          ) : isAge(column) ? (
            <Age since={row.creationTimestamp} />
          ) : (
            cellText(row.cells[column.cell])
          )}
        </Td>
      ))}
    </Tr>
  );
}
