import { EllipsisVIcon } from "@patternfly/react-icons";
import type { CSSProperties } from "react";
import { memo, useEffect, useRef } from "react";
import type { WindowRow } from "#api/lists.ts";
import type { KindType } from "../kinds.ts";
import { objectPath } from "../kinds.ts";
import { CellContent, cellTitle } from "./list-cell.tsx";
import type { ShownColumn } from "./list-columns.ts";
import type { ShownRow } from "./window-state.ts";

/** What rows tell the list; the same functions for as long as the list is there. */
export interface RowActions {
  open: (href: string) => void;
  /** `shift`: everything from the last chosen row to this one. */
  select: (row: WindowRow, shift: boolean) => void;
  menu: (row: WindowRow, button: HTMLElement) => void;
}

export interface ListRowProps {
  shown: ShownRow;
  index: number;
  /** Distance from the list's top, px. */
  top: number;
  type: KindType;
  columns: readonly ShownColumn[];
  isNarrow: boolean;
  isSelected: boolean;
  isActive: boolean;
  actions: RowActions;
}

/** Id of a row's element, for aria-activedescendant. */
export function rowElementId(key: string): string {
  return `row-${key}`;
}

const flashMs = 1200;

/** Lets a row glow for a moment when it changed before the reader's eyes, unless the person wants no motion. */
function useFlash(touchedAt: number) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (Date.now() - touchedAt > flashMs) return;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    element.current?.animate?.(
      [{ backgroundColor: "var(--kyma-flash)" }, { backgroundColor: "transparent" }],
      { duration: flashMs, easing: "ease-out" },
    );
  }, [touchedAt]);
  return element;
}

/** One row; it renders again only when its own object, its place or its state in the list changes. */
export const ListRow = memo(function ListRow(props: ListRowProps) {
  const { shown, index, isActive, isSelected, isNarrow } = props;
  const { row } = shown;
  const element = useFlash(shown.touchedAt);
  const style: CSSProperties = { transform: `translateY(${props.top}px)` };
  const classes = ["kyma-row", isActive ? "kyma-row-active" : "", isSelected ? "kyma-row-selected" : ""];
  return (
    <div
      ref={element}
      role="row"
      id={rowElementId(row.key)}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={classes.join(" ")}
      style={style}
    >
      <span role="gridcell" className="kyma-cell-check">
        <label className="kyma-check">
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={`Select ${row.name}`}
            checked={isSelected}
            onChange={(event) =>
              props.actions.select(row, (event.nativeEvent as unknown as MouseEvent).shiftKey)
            }
          />
        </label>
      </span>
      {isNarrow ? <CardCells {...props} /> : <Cells {...props} />}
      <span role="gridcell" className="kyma-cell-menu">
        <button
          type="button"
          tabIndex={-1}
          className="kyma-row-menu"
          aria-label={`Actions for ${row.name}`}
          aria-haspopup="menu"
          onClick={(event) => props.actions.menu(row, event.currentTarget)}
        >
          <EllipsisVIcon />
        </button>
      </span>
    </div>
  );
});

function Cells({ columns, ...props }: ListRowProps) {
  const { row } = props.shown;
  return columns.map((column, place) => (
    <span key={column.id} role="gridcell" aria-colindex={place + 2} title={cellTitle(column, row)}>
      {column.id === "name" ? <NameLink {...props} /> : <CellContent column={column} row={row} />}
    </span>
  ));
}

/** On a phone: name and age, and below what matters most, with the columns' names for all that is not plain by itself. */
function CardCells({ columns, ...props }: ListRowProps) {
  const { row } = props.shown;
  const age = columns.find(({ id }) => id === "age");
  const namespace = columns.find(({ id }) => id === "namespace");
  return (
    <div className="kyma-card" role="presentation">
      <span role="gridcell" className="kyma-card-name">
        <span>
          <NameLink {...props} />
        </span>
        {age ? <CellContent column={age} row={row} /> : null}
      </span>
      <span role="gridcell" className="kyma-card-line">
        {cardColumns(columns).map((column) => (
          <span key={column.id}>
            {isPlain(column) ? null : `${column.name} `}
            <CellContent column={column} row={row} />
          </span>
        ))}
        {namespace ? <span>{row.namespace}</span> : null}
      </span>
    </div>
  );
}

/** Columns whose words need no name before them. */
function isPlain({ name, made }: ShownColumn): boolean {
  return made !== undefined || /^(?:status|phase|state|reason|type|last seen)$/i.test(name);
}

/** The columns of a card, states first. */
function cardColumns(columns: readonly ShownColumn[]): ShownColumn[] {
  const others = columns.filter(({ id }) => id !== "name" && id !== "namespace" && id !== "age");
  return [...others.filter(isPlain), ...others.filter((column) => !isPlain(column))].slice(0, 3);
}

function NameLink({ shown, type, actions }: Omit<ListRowProps, "columns">) {
  const { row } = shown;
  const href = objectPath(type, row.namespace, row.name);
  return (
    <a
      href={href}
      tabIndex={-1}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        actions.open(href);
      }}
    >
      {row.name}
    </a>
  );
}

/** Stands where a row will be as soon as its window is loaded. */
export const LoadingRow = memo(function LoadingRow({ index, top }: { index: number; top: number }) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-busy="true"
      className="kyma-row kyma-row-loading"
      style={{ transform: `translateY(${top}px)` }}
    >
      <span aria-hidden="true" />
      <span role="gridcell" aria-label="Loading">
        <span className="kyma-bar" />
      </span>
    </div>
  );
});
