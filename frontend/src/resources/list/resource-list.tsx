import "./list.css";
import { Alert, Button, PageSection } from "@patternfly/react-core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from "react";
import { PageHeader } from "#ui/page-header.tsx";
import { useNarrow } from "#ui/use-narrow.ts";
import type { KindType } from "../kinds.ts";
import { dangerousKinds, kindKey, pluralLabel } from "../kinds.ts";
import { PinButton } from "../pin-button.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { filterError } from "./filter-errors.ts";
import { FilterChips } from "./filter-chips.tsx";
import { FilterPanel } from "./filter-panel.tsx";
import { ListBody } from "./list-body.tsx";
import { ListToolbar } from "./list-toolbar.tsx";
import { NarrowSort } from "./narrow-sort.tsx";
import type { OpenMenu } from "./row-menu.tsx";
import { RowMenu } from "./row-menu.tsx";
import type { List } from "./use-list.ts";
import { useList } from "./use-list.ts";
import { useSelection } from "./use-selection.ts";

const ColumnsDialog = lazy(async () => ({ default: (await import("./columns-dialog.tsx")).ColumnsDialog }));

/** What a kind's list page says besides its rows; all of it has a usual wording. */
export interface ResourceListProps {
  type: KindType;
  isNamespaced: boolean;
  title?: string;
  text?: ReactNode;
  actions?: ReactNode;
  /** When there is none at all. */
  empty?: { title: string; text: ReactNode; actions?: ReactNode };
}

/** The live list of a kind: the one way in which the console lists anything. */
export function ResourceList(props: ResourceListProps) {
  const list = useList(props.type, props.isNamespaced);
  const label = props.title ?? (list.kind ? pluralLabel(list.kind.kind) : props.type.plural);
  return (
    <>
      <PageHeader
        title={label}
        label={<PinButton type={props.type} label={label} />}
        text={props.text}
        actions={props.actions}
      />
      <PageSection isFilled>
        <div className="kyma-list">
          <ListParts list={list} label={label} empty={props.empty} />
        </div>
      </PageSection>
    </>
  );
}

function ListParts({ list, label, empty }: { list: List; label: string; empty: ResourceListProps["empty"] }) {
  const filter = useRef<HTMLInputElement>(null);
  const chosen = useSelection(list);
  const isNarrow = useNarrow();
  const refused = filterError(list.state.error, list.search);
  const { labels, fields, where } = list.search;
  const [showsFilters, setShowsFilters] = useState((labels ?? fields ?? where) !== undefined);
  const [choosesColumns, setChoosesColumns] = useState(false);
  const { actions, menu } = useRowActions(chosen.select);
  return (
    <>
      <ListToolbar
        list={list}
        label={label}
        filter={filter}
        showsFilters={showsFilters}
        onFilters={() => setShowsFilters(!showsFilters)}
        onColumns={() => setChoosesColumns(true)}
      />
      {showsFilters || refused ? <FilterPanel list={list} error={refused} /> : null}
      {isNarrow ? <NarrowSort list={list} /> : null}
      <FilterChips list={list} />
      <Notices list={list} />
      <BulkBar
        list={list}
        label={label}
        selection={chosen.selection}
        total={list.state.window?.total ?? 0}
        reading={chosen.reading}
        onSelectAll={chosen.selectAll}
        onClear={chosen.clear}
      />
      <ListBody
        list={list}
        label={label}
        empty={empty}
        refused={refused !== undefined}
        isNarrow={isNarrow}
        chosen={chosen}
        actions={actions}
        onFilter={() => filter.current?.focus()}
      />
      <RowMenu
        type={list.type}
        kind={list.kind?.kind ?? list.type.plural}
        open={menu.open}
        typeName={dangerousKinds.has(kindKey(list.type))}
        onClose={menu.close}
      />
      {choosesColumns ? (
        <Suspense>
          <ColumnsDialog list={list} onClose={() => setChoosesColumns(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

function useRowActions(select: ReturnType<typeof useSelection>["select"]) {
  const navigate = useNavigate();
  const [open, setOpen] = useState<OpenMenu>();
  const close = useCallback(() => setOpen(undefined), []);
  const actions = useMemo(
    () => ({
      open: (href: string) => void navigate({ href }),
      select,
      menu: (row: OpenMenu["row"], button: HTMLElement) =>
        setOpen((now) => (now?.row.key === row.key ? undefined : { row, button })),
    }),
    [navigate, select],
  );
  return { actions, menu: { open, close } };
}

/** What is missing from the list, or went wrong without ending it. */
function Notices({ list }: { list: List }) {
  const { forbidden = [], warnings = [] } = list.state.window ?? {};
  return (
    <>
      {list.Note ? <list.Note /> : null}
      {forbidden.length > 0 ? (
        <Alert
          isInline
          isPlain
          variant="warning"
          title={`You may not list ${list.type.plural} in ${forbidden.join(", ")}; what is there is missing below.`}
        />
      ) : null}
      {warnings.map((warning) => (
        <Alert key={warning} isInline isPlain variant="warning" title={warning} />
      ))}
      {list.state.error && list.state.window && !filterError(list.state.error, list.search) ? (
        <Alert
          isInline
          variant="danger"
          title="This list is not live any more"
          actionLinks={
            <Button variant="link" isInline onClick={() => list.store.retry()}>
              Try again
            </Button>
          }
        >
          {list.state.error.message}
        </Alert>
      ) : null}
    </>
  );
}
