import type { VirtualItem } from "@tanstack/react-virtual";
import { useVirtualizer } from "@tanstack/react-virtual";
import type { CSSProperties, KeyboardEvent } from "react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { WindowRow } from "#api/lists.ts";
import { objectPath } from "../kinds.ts";
import { gridTracks } from "./list-columns.ts";
import { ListHeader } from "./list-header.tsx";
import { listKey } from "./list-keys.ts";
import type { RowActions } from "./list-row.tsx";
import { ListRow, LoadingRow, rowElementId } from "./list-row.tsx";
import { RangeText } from "./list-progress.tsx";
import type { Selection } from "./selection.ts";
import { useAnchoredScroll } from "./use-anchored-scroll.ts";
import { useRoomBelow } from "./use-room-below.ts";
import type { List } from "./use-list.ts";
import type { WindowState } from "./window-state.ts";
import { indexOfKey, rowAt } from "./window-state.ts";

const rowHeight = 40;
const cardHeight = 68;
const headerHeight = 40;

interface ListGridProps {
  list: List;
  window: WindowState;
  label: string;
  isNarrow: boolean;
  selection: Selection;
  actions: RowActions;
  onFilter: () => void;
  onSelectShown: () => void;
  onLeave: () => void;
}

/** The rows of a list, only those in view rendered, walked with the arrow keys. */
export function ListGrid(props: ListGridProps) {
  const { list, window, isNarrow } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const height = isNarrow ? cardHeight : rowHeight;
  // oxlint-disable-next-line react/incompatible-library -- we do not use the React compiler
  const virtual = useVirtualizer({
    count: window.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
    scrollMargin: isNarrow ? 0 : headerHeight,
    scrollPaddingStart: isNarrow ? 0 : headerHeight,
    useFlushSync: false,
    initialRect: { width: 1000, height: 800 },
  });
  useEffect(() => virtual.measure(), [virtual, height]);
  const items = virtual.getVirtualItems();
  const start = items[0]?.index ?? 0;
  const end = (items.at(-1)?.index ?? -1) + 1;
  useEffect(() => list.store.look({ start, end }), [list.store, start, end, window.total, window.offset]);
  useAnchoredScroll(scroller, window, height);
  useTopOnChange(scroller, list);
  useRoomBelow(scroller);
  const focus = useRowFocus(props, virtual.scrollToIndex, Math.max(1, end - start - 20));
  const { tracks, minWidth } = useMemo(
    () => gridTracks(list.columns.shown, list.columns.widths),
    [list.columns.shown, list.columns.widths],
  );
  return (
    <>
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={props.label}
        aria-rowcount={window.total + 1}
        aria-colcount={list.columns.shown.length + 2}
        aria-multiselectable="true"
        aria-busy={list.state.pending}
        aria-activedescendant={focus.activeKey === undefined ? undefined : rowElementId(focus.activeKey)}
        className={`kyma-grid ${isNarrow ? "kyma-grid-cards" : ""} ${list.state.pending || list.state.error ? "kyma-grid-pending" : ""}`}
        style={
          { "--kyma-tracks": tracks, "--kyma-grid-width": isNarrow ? "100%" : minWidth } as CSSProperties
        }
        onKeyDown={focus.onKeyDown}
        onClick={(event) => {
          const row = (event.target as Element).closest("[aria-rowindex]")?.getAttribute("aria-rowindex");
          if (row) focus.activate(Number(row) - 2);
        }}
      >
        <ListHeader
          list={list}
          window={window}
          selection={props.selection}
          onSelectShown={props.onSelectShown}
        />
        <div role="rowgroup" className="kyma-grid-body" style={{ blockSize: virtual.getTotalSize() }}>
          <Rows {...props} items={items} margin={virtual.options.scrollMargin} activeKey={focus.activeKey} />
        </div>
      </div>
      <RangeText window={window} first={virtual.range?.startIndex ?? 0} last={virtual.range?.endIndex ?? 0} />
    </>
  );
}

function Rows(
  props: ListGridProps & { items: readonly VirtualItem[]; margin: number; activeKey: string | undefined },
) {
  const { list, window, selection } = props;
  return props.items.map(({ index, start }) => {
    const shown = rowAt(window, index);
    const top = start - props.margin;
    if (!shown) return <LoadingRow key={`at ${index}`} index={index} top={top} />;
    const { key } = shown.row;
    return (
      <ListRow
        key={key}
        shown={shown}
        index={index}
        top={top}
        type={list.type}
        columns={list.columns.shown}
        isNarrow={props.isNarrow}
        isSelected={selection.chosen.has(key)}
        isActive={key === props.activeKey}
        actions={props.actions}
      />
    );
  });
}

/** Another filter or order begins at the top. */
function useTopOnChange(scroller: React.RefObject<HTMLElement | null>, { query }: List): void {
  const last = useRef(query);
  useEffect(() => {
    if (last.current !== query) scroller.current?.scrollTo({ top: 0 });
    last.current = query;
  }, [scroller, query]);
}

/** Which row the keyboard is on, and what its keys do. */
function useRowFocus(
  props: ListGridProps,
  scrollTo: (index: number) => void,
  page: number,
): {
  activeKey: string | undefined;
  activate: (index: number) => void;
  onKeyDown: (event: KeyboardEvent) => void;
} {
  const { window, list } = props;
  const [active, setActive] = useState<{ index: number; key: string | undefined }>({
    index: -1,
    key: undefined,
  });
  // The row may have moved since; when it is gone, its place counts.
  const known = active.key === undefined ? -1 : indexOfKey(window, active.key);
  const index = Math.min(known < 0 ? active.index : known, window.total - 1);
  const row = index < 0 ? undefined : rowAt(window, index)?.row;
  const now = useRef(window);
  useEffect(() => {
    now.current = window;
  }, [window]);
  const [activate] = useState(
    () => (next: number) => setActive({ index: next, key: rowAt(now.current, next)?.row.key }),
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const onControl = event.target !== event.currentTarget;
    if (onControl && (event.key === " " || event.key === "Enter")) return;
    const meant = listKey(event, { active: index, total: window.total, page });
    if (!meant) return;
    if (meant.type === "leave") return props.onLeave();
    event.preventDefault();
    if (meant.type === "filter") return props.onFilter();
    if (meant.type === "move") {
      activate(meant.to);
      return scrollTo(meant.to);
    }
    if (row) actOn(row, meant.type, meant.type === "select" && meant.range);
  };
  const actOn = (target: WindowRow, what: "open" | "select" | "menu", range: boolean) => {
    if (what === "open") props.actions.open(objectPath(list.type, target.namespace, target.name));
    if (what === "select") props.actions.select(target, range);
    const element = document.querySelector<HTMLElement>(
      `#${CSS.escape(rowElementId(target.key))} .kyma-row-menu`,
    );
    if (what === "menu" && element) props.actions.menu(target, element);
  };
  return { activeKey: row?.key, activate, onKeyDown };
}
