import "./logs.css";
import { Alert } from "@patternfly/react-core";
import type { KeyboardEvent } from "react";
import { useLayoutEffect, useMemo, useState } from "react";
import type { LogSource } from "#api/logs.ts";
import { logDownloadPath } from "#api/logs.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { FreshnessBadge } from "#ui/freshness-badge.tsx";
import { commonFields } from "./json-line.ts";
import type { Level } from "./line-facts.ts";
import type { LinePattern } from "./line-pattern.ts";
import { regexPattern, textPattern } from "./line-pattern.ts";
import { LogDetails } from "./log-details.tsx";
import { LogRows } from "./log-rows.tsx";
import { ranges, useLogLook, usualRange } from "./log-settings.ts";
import type { LogEntry, LogStore } from "./log-store.ts";
import type { LevelChoice, SearchState } from "./log-toolbar.tsx";
import { LogToolbar } from "./log-toolbar.tsx";
import { useLogSession } from "./use-log-session.ts";

const levelSets: Record<LevelChoice, ReadonlySet<Level> | undefined> = {
  all: undefined,
  warning: new Set<Level>(["warning", "error"]),
  error: new Set<Level>(["error"]),
};
const mostFields = 5;
const noFields: readonly string[] = [];

/** The line that a link in the address names. */
function linkedTime(): string | undefined {
  return new URLSearchParams(location.search).get("at") ?? undefined;
}

/** A log as one: of a pod, or of all pods of a workload. */
export default function LogViewer({ source, label }: { source: LogSource; label: string }) {
  const [linked] = useState(linkedTime);
  const [range, setRange] = useState(usualRange);
  const [previous, setPrevious] = useState(false);
  const [look, setLook] = useLogLook();
  const [follow, setFollow] = useState(linked === undefined);
  const [open, setOpen] = useState<LogEntry>();
  const [level, setLevel] = useState<LevelChoice>("all");
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const chosen = ranges.find(({ key }) => key === range)?.options ?? {};
  const isLinked = linked !== undefined && range === usualRange && !previous;
  const options = { ...(isLinked ? { sinceTime: linked } : chosen), previous, follow: !previous };
  const { store, error, freshness, restart } = useLogSession(source, options);
  const { search, setSearch, pattern, searchError } = useSearchPattern();
  useFilter(store, { pattern, onlyMatches: search.onlyMatches, level, hidden });
  const { current, setCurrent, hit, step } = useHits(store, () => setFollow(false));
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "End") setFollow(true);
    else if (event.key === "n" || event.key === "N") step(event.key === "n" ? 1 : -1);
    else if (event.key === "f") setFollow(!follow);
    else if (event.key === "w") setLook({ wrap: !look.wrap });
    else if (event.key === "Escape") setOpen(undefined);
    else if (event.key === "/") document.querySelector<HTMLElement>(".kyma-log-search input")?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const fields = useColumns(store, look.columns);
  if (error) return <ErrorState title="The log cannot be read" error={error} retry={restart} />;
  const linkedSeq = isLinked && current === undefined ? store.all.first?.seq : current;
  return (
    <div className="kyma-log">
      <LogToolbar
        {...{ store, search, searchError, hit, level, hidden, range, previous, look, follow }}
        onSearch={(change) => (setCurrent(undefined), setSearch({ ...search, ...change }))}
        onStep={step}
        onLevel={setLevel}
        onHidden={setHidden}
        onRange={(next) => (setRange(next), setFollow(true))}
        onPrevious={(next) => (setPrevious(next), setFollow(true))}
        onLook={setLook}
        onFollow={setFollow}
        downloadPath={logDownloadPath(source, previous ? { previous } : {})}
        status={
          <>
            <span aria-live="off">{countText(store)}</span>
            {previous ? null : <FreshnessBadge freshness={freshness} />}
          </>
        }
      />
      <Notes store={store} />
      {store.shown.length === 0 ? (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- keys work here, too
        <section className="kyma-log-body kyma-log-empty" tabIndex={0} aria-label={label} onKeyDown={onKey}>
          {emptyText(store, previous)}
        </section>
      ) : (
        <LogRows
          {...{ label, store, look, fields, pattern, follow, onKey }}
          showSource={store.streams.length > 1}
          onFollow={setFollow}
          current={linkedSeq}
          open={open?.seq}
          onOpen={(entry) => {
            // Marking text with the mouse is no click.
            if (getSelection()?.toString()) return;
            setOpen(entry.seq === open?.seq ? undefined : entry);
          }}
        />
      )}
      {open ? (
        <LogDetails entry={open} stream={store.streams[open.stream]} onClose={() => setOpen(undefined)} />
      ) : null}
    </div>
  );
}

function useSearchPattern() {
  const [search, setSearch] = useState<SearchState>({ text: "", isRegex: false, onlyMatches: false });
  const { text, isRegex } = search;
  const made = useMemo((): { pattern?: LinePattern; searchError?: string } => {
    if (text === "") return {};
    try {
      return { pattern: isRegex ? regexPattern(text) : textPattern(text) };
    } catch (fault) {
      return { searchError: fault instanceof Error ? fault.message : String(fault) };
    }
  }, [text, isRegex]);
  return { search, setSearch, pattern: made.pattern, searchError: made.searchError };
}

/** Tells the store what to show when that changes. */
function useFilter(
  store: LogStore,
  wanted: {
    pattern: LinePattern | undefined;
    onlyMatches: boolean;
    level: LevelChoice;
    hidden: ReadonlySet<string>;
  },
) {
  const { pattern, onlyMatches, level, hidden } = wanted;
  useLayoutEffect(
    () => store.setFilter({ pattern, onlyMatches, levels: levelSets[level], hidden }),
    [store, pattern, onlyMatches, level, hidden],
  );
}

/** Fields that become columns; worked out anew with every 500 lines, which is often enough. */
function useColumns(store: LogStore, wanted: boolean): readonly string[] {
  const { shown } = store;
  const step = Math.ceil(store.received / 500);
  const [known, setKnown] = useState<{ of: unknown; step: number; fields: readonly string[] }>();
  if (!wanted) return noFields;
  if (known?.of === shown && known.step === step) return known.fields;
  const texts = shown.slice(shown.length - 300, shown.length).map(({ text }) => text);
  const fields = commonFields(texts, mostFields);
  setKnown({ of: shown, step, fields });
  return fields;
}

/** Which hit of the search is gone to. */
function useHits(store: LogStore, onStep: () => void) {
  const [current, setCurrent] = useState<number>();
  const hit = current === undefined ? 0 : hitPlace(store, current);
  const step = (by: 1 | -1) => {
    const at = current === undefined ? (by === 1 ? -1 : store.hits.length) : hit - 1;
    const count = store.hits.length;
    if (count === 0) return;
    onStep();
    setCurrent(store.hits.at((at + by + count) % count));
  };
  return { current, setCurrent, hit, step };
}

function hitPlace(store: LogStore, current: number): number {
  return store.hits.lowerBound((seq) => seq < current) + 1;
}

function countText(store: LogStore): string {
  const all = store.all.length.toLocaleString("en");
  const shown = store.shown === store.all ? all : `${store.shown.length.toLocaleString("en")} of ${all}`;
  return `${shown} ${store.all.length === 1 ? "line" : "lines"}${store.all.dropped > 0 ? " (the newest)" : ""}`;
}

function emptyText(store: LogStore, previous: boolean): string {
  if (store.all.length > 0) return "No line matches. Lines that do appear as they are written.";
  if (previous && store.ended) return "No container here has run before, so there is no earlier log.";
  if (store.liveness === undefined) return "Waiting for the log…";
  if (store.streams.length === 0) return "There is no pod yet. Lines appear as soon as one has started.";
  const waiting = store.streams.find(({ state, message }) => state === "WAITING" && message);
  if (waiting) return `Container ${waiting.container} of ${waiting.pod} has not started: ${waiting.message}`;
  return "Nothing was logged in this range yet. New lines appear here.";
}

function Notes({ store }: { store: LogStore }) {
  const failed = store.streams.filter(({ state }) => state === "FAILED");
  return (
    <>
      {store.omitted > 0 ? (
        <Alert
          isInline
          isPlain
          variant="info"
          title={`${store.omitted} more containers are not read: there are too many at once. The download has them.`}
        />
      ) : null}
      {failed.length > 0 ? (
        <Alert
          isInline
          variant="warning"
          title={`${failed.length} ${failed.length === 1 ? "container" : "containers"} cannot be read`}
        >
          {failed[0]?.pod}/{failed[0]?.container}: {failed[0]?.message}
        </Alert>
      ) : null}
    </>
  );
}
