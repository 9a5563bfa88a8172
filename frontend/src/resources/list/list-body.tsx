import { Button } from "@patternfly/react-core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { listPath } from "../kinds.ts";
import { allNamespaces, namespacesLabel, recentNamespaces, typedNamespaces } from "../namespace-scope.ts";
import { ListGrid } from "./list-grid.tsx";
import { LoadingRows } from "./list-progress.tsx";
import type { RowActions } from "./list-row.tsx";
import { filterChips, withoutFilters } from "./list-search.ts";
import type { List } from "./use-list.ts";
import type { ListSelection } from "./use-selection.ts";

interface ListBodyProps {
  list: List;
  label: string;
  empty: { title: string; text: ReactNode; actions?: ReactNode } | undefined;
  /** The server refused a filter, which says so itself. */
  refused: boolean;
  isNarrow: boolean;
  chosen: ListSelection;
  actions: RowActions;
  onFilter: () => void;
}

/** The rows, or why there are none and what to do about it. */
export function ListBody(props: ListBodyProps) {
  const { list, label, chosen } = props;
  const { window, error, progress } = list.state;
  if (error && !window && !props.refused) return <NotListed list={list} label={label} error={error} />;
  if (!window) return props.refused ? null : <LoadingRows label={label} progress={progress} />;
  if (window.total === 0 && !list.state.pending) return <NoRows {...props} />;
  return (
    <ListGrid
      list={list}
      window={window}
      label={label}
      isNarrow={props.isNarrow}
      selection={chosen.selection}
      actions={props.actions}
      onFilter={props.onFilter}
      onSelectShown={chosen.selectShown}
      onLeave={chosen.clear}
    />
  );
}

/** Somebody who may not list everywhere may still list somewhere: those namespaces are offered. */
function NotListed({ list, label, error }: { list: List; label: string; error: Error }) {
  const navigate = useNavigate();
  const isForbidden = (error as { code?: string }).code === "FORBIDDEN";
  if (!isForbidden || list.ns === undefined) {
    return <ErrorState title={`${label} cannot be listed`} error={error} retry={() => list.store.retry()} />;
  }
  const known = [...new Set([...recentNamespaces(), ...typedNamespaces()])].filter((ns) => ns !== list.ns);
  return (
    <EmptyNotice
      title={`You may not list ${label} ${list.ns === allNamespaces ? "in all namespaces" : `in ${list.ns}`}`}
      actions={known.slice(0, 6).map((ns) => (
        <Button
          key={ns}
          variant="secondary"
          onClick={() => void navigate({ to: listPath(list.type, ns), search: list.search as never })}
        >
          Show {ns}
        </Button>
      ))}
    >
      Choose namespaces that you may read at the top; type their names if they are not offered.{" "}
      {error.message}
    </EmptyNotice>
  );
}

function NoRows({ list, label, empty }: ListBodyProps) {
  const { unfiltered = 0, forbidden = [] } = list.state.window ?? {};
  if (filterChips(list.search).length > 0) {
    return (
      <EmptyNotice
        isSearch
        title={`No ${label} match`}
        actions={
          <Button variant="link" onClick={() => list.show(withoutFilters(list.search))}>
            Clear all filters
          </Button>
        }
      >
        {unfiltered > 0
          ? `${unfiltered.toLocaleString("en")} are there without the filter.`
          : "Try other words, or other namespaces."}
      </EmptyNotice>
    );
  }
  if (empty && forbidden.length === 0) {
    return (
      <EmptyNotice title={empty.title} actions={empty.actions}>
        {empty.text}
      </EmptyNotice>
    );
  }
  const place = list.namespaces === undefined ? "" : ` in ${namespacesLabel(list.namespaces)}`;
  return (
    <EmptyNotice title={`No ${label}${place}`}>
      They appear here as soon as they are made, by a controller, with kubectl, or with Create.
      {list.namespaces === undefined ? "" : " Other namespaces may have some: choose them at the top."}
    </EmptyNotice>
  );
}
