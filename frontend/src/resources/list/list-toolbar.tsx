import { Badge, Button, SearchInput, Tooltip } from "@patternfly/react-core";
import { ColumnsIcon, DownloadIcon, FilterIcon } from "@patternfly/react-icons";
import type { RefObject } from "react";
import { useEffect, useRef, useState } from "react";
import { csvAddress } from "#api/lists.ts";
import { FreshnessBadge } from "#ui/freshness-badge.tsx";
import { isExtraColumn } from "./list-search.ts";
import type { List } from "./use-list.ts";
import { ViewsMenu } from "./views-menu.tsx";

const restMs = 120;

/** Above the rows: the filter, more filters, columns, saved views, the download, and how fresh it all is. */
export function ListToolbar(props: {
  list: List;
  label: string;
  filter: RefObject<HTMLInputElement | null>;
  showsFilters: boolean;
  onFilters: () => void;
  onColumns: () => void;
}) {
  const { list } = props;
  const advanced = [list.search.labels, list.search.fields, list.search.where].filter(Boolean).length;
  return (
    <div className="kyma-list-toolbar" role="toolbar" aria-label={`Filter and show ${props.label}`}>
      <TextFilter list={list} label={props.label} input={props.filter} />
      <div className="kyma-list-tools">
        <Button
          variant="control"
          icon={<FilterIcon />}
          aria-expanded={props.showsFilters}
          aria-controls="list-filters"
          aria-label={advanced > 0 ? `Filters, ${advanced} set` : "Filters"}
          onClick={props.onFilters}
        >
          <span className="kyma-wide-only">Filters</span>
          {advanced > 0 ? <Badge isRead> {advanced}</Badge> : null}
        </Button>
        <Button variant="control" icon={<ColumnsIcon />} aria-label="Columns" onClick={props.onColumns}>
          <span className="kyma-wide-only">Columns</span>
        </Button>
        <ViewsMenu list={list} />
        <Tooltip content="Download all rows that match, with these columns, as CSV">
          <Button
            variant="control"
            component="a"
            href={csvOf(list)}
            download
            icon={<DownloadIcon />}
            aria-label="Download as CSV"
          >
            <span className="kyma-wide-only">CSV</span>
          </Button>
        </Tooltip>
      </div>
      <div className="kyma-list-freshness">
        <FreshnessBadge freshness={list.freshness} />
      </div>
    </div>
  );
}

/** The download has all columns of the kind anyway; only those that the person added have to be named. */
function csvOf({ type, query, search }: List): string {
  const columns = (search.cols ?? []).filter(isExtraColumn);
  return csvAddress(type, { scope: query.scope, view: { ...query.view, columns } });
}

/** Filters as one types; the address follows when the person rests. */
function TextFilter({
  list: { search, change },
  label,
  input,
}: {
  list: List;
  label: string;
  input: RefObject<HTMLInputElement | null>;
}) {
  const [typed, setTyped] = useState<string>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      change({ q: text }, true);
      setTyped(undefined);
    }, restMs);
  };
  useSlashKey(input);
  return (
    <SearchInput
      ref={input}
      className="kyma-list-search"
      aria-label={`Filter ${label}`}
      placeholder="Filter by name or text ( / )"
      value={typed ?? search.q ?? ""}
      onChange={(_event, text) => type(text)}
      onClear={() => type("")}
    />
  );
}

/** "/" leads to the filter from anywhere but a field. */
function useSlashKey(input: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const isField = target.closest(
        "input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog]",
      );
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isField) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [input]);
}
