import { LongArrowAltDownIcon, LongArrowAltUpIcon } from "@patternfly/react-icons";
import { useEffect, useRef } from "react";
import type { ShownColumn } from "./list-columns.ts";
import { nextSort, readSort } from "./list-search.ts";
import type { Selection } from "./selection.ts";
import type { List } from "./use-list.ts";
import type { WindowState } from "./window-state.ts";

/** The heads of the columns: press one to sort by it, again for the other way, again for the usual order. */
export function ListHeader(props: {
  list: List;
  window: WindowState;
  selection: Selection;
  onSelectShown: () => void;
}) {
  const { list, window, selection } = props;
  const all = window.order.length > 0 && window.order.every((key) => selection.chosen.has(key));
  return (
    <div role="rowgroup" className="kyma-grid-head">
      <div role="row" aria-rowindex={1} className="kyma-row-head">
        <span role="columnheader" className="kyma-cell-check">
          <SelectAll isAll={all} isSome={selection.chosen.size > 0} onChange={props.onSelectShown} />
        </span>
        {list.columns.shown.map((column) => (
          <ColumnHead key={column.id} column={column} list={list} />
        ))}
        <span role="columnheader">
          <span className="pf-v6-screen-reader">Actions</span>
        </span>
      </div>
    </div>
  );
}

function SelectAll(props: { isAll: boolean; isSome: boolean; onChange: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.indeterminate = props.isSome && !props.isAll;
  }, [props.isAll, props.isSome]);
  return (
    <label className="kyma-check">
      <input
        ref={input}
        type="checkbox"
        aria-label="Select the rows that are loaded"
        checked={props.isAll}
        onChange={props.onChange}
      />
    </label>
  );
}

function ColumnHead({ column, list }: { column: ShownColumn; list: List }) {
  const sort = readSort(list.sort);
  const isSorted = sort?.column === column.id;
  const direction = !isSorted ? "none" : sort.descending ? "descending" : "ascending";
  if (column.sort === undefined) {
    return (
      <span role="columnheader" title={column.description}>
        {column.name}
      </span>
    );
  }
  return (
    <span role="columnheader" aria-sort={direction}>
      <button
        type="button"
        className="kyma-sort"
        title={column.description || `Sort by ${column.name}`}
        onClick={() => list.change({ sort: nextSort(list.sort, column.id) })}
      >
        <span>{column.name}</span>
        {isSorted ? sort.descending ? <LongArrowAltDownIcon /> : <LongArrowAltUpIcon /> : null}
      </button>
    </span>
  );
}
