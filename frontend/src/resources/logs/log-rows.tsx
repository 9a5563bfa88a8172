import { Button } from "@patternfly/react-core";
import { AngleDoubleDownIcon } from "@patternfly/react-icons";
import type { KeyboardEvent, RefObject } from "react";
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import { useRowWindow } from "#ui/row-window.ts";
import type { LinePattern } from "./line-pattern.ts";
import { LogLine } from "./log-line.tsx";
import type { LogLook } from "./log-settings.ts";
import type { LogEntry, LogStore } from "./log-store.ts";

/** Height of an unwrapped line, in px; logs.css sets the same. */
const lineHeight = 20;
/** Wrapped lines have heights of their own, so they are rendered page by page. */
const wrappedPage = 400;

interface RowsProps {
  label: string;
  store: LogStore;
  look: LogLook;
  fields: readonly string[];
  showSource: boolean;
  pattern: LinePattern | undefined;
  follow: boolean;
  onFollow: (follow: boolean) => void;
  /** The line that search has gone to, or that a link names. */
  current: number | undefined;
  open: number | undefined;
  onOpen: (entry: LogEntry) => void;
  onKey: (event: KeyboardEvent) => void;
}

/** The lines themselves: only those in view are in the document. */
export function LogRows(props: RowsProps) {
  const { store, look, follow, current } = props;
  const { shown } = store;
  const container = useRef<HTMLDivElement>(null);
  const view = useRowWindow(container, shown.length, lineHeight);
  const [pageEnd, setPageEnd] = useState<number>();
  const end = look.wrap
    ? Math.min(shown.length, follow ? shown.length : (pageEnd ?? shown.length))
    : view.end;
  const start = look.wrap ? Math.max(0, end - wrappedPage) : view.start;
  useFollow({
    container,
    store,
    follow,
    onFollow: (next) => (setPageEnd(next ? undefined : shown.length), props.onFollow(next)),
  });
  useGoTo(container, { store, current, wrap: look.wrap, onPage: setPageEnd });
  // oxlint-disable-next-line react/purity -- ages are those of the moment of painting, and each paint renders
  const now = Date.now();
  return (
    <div className="kyma-log-frame">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a scrolling region must be reachable by keyboard */}
      <section
        className="kyma-log-body"
        ref={container}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the same
        tabIndex={0}
        aria-label={props.label}
        onKeyDown={props.onKey}
      >
        {look.columns && props.fields.length > 0 ? <ColumnHead {...props} /> : null}
        <div
          className={look.wrap ? "kyma-log-wrap" : "kyma-log-nowrap"}
          style={look.wrap ? {} : { paddingBlockStart: view.before, paddingBlockEnd: view.after }}
        >
          {look.wrap && start > 0 ? (
            <Button
              variant="link"
              isInline
              onClick={() => (props.onFollow(false), setPageEnd(end - wrappedPage / 2))}
            >
              Show earlier lines ({start.toLocaleString("en")})
            </Button>
          ) : null}
          {shown.slice(start, end).map((entry) => (
            <LogLine
              key={entry.seq}
              entry={entry}
              stream={store.streams[entry.stream]}
              look={look}
              fields={props.fields}
              showSource={props.showSource}
              pattern={props.pattern}
              isCurrent={entry.seq === current}
              isOpen={entry.seq === props.open}
              now={look.time === "relative" ? now : 0}
              onOpen={props.onOpen}
            />
          ))}
          {look.wrap && end < shown.length ? (
            <Button variant="link" isInline onClick={() => setPageEnd(end + wrappedPage / 2)}>
              Show later lines ({(shown.length - end).toLocaleString("en")})
            </Button>
          ) : null}
        </div>
      </section>
      {follow ? null : (
        <Button
          className="kyma-log-jump"
          variant="primary"
          icon={<AngleDoubleDownIcon />}
          onClick={() => (setPageEnd(undefined), props.onFollow(true))}
        >
          Jump to newest
        </Button>
      )}
    </div>
  );
}

/** Shows the line that is gone to: once, not with every line that comes. */
function useGoTo(
  container: RefObject<HTMLDivElement | null>,
  parts: {
    store: LogStore;
    current: number | undefined;
    wrap: boolean;
    onPage: (end: number) => void;
  },
) {
  const { store, current, wrap } = parts;
  const goTo = useEffectEvent((line: number, wrapped: boolean) => {
    const { shown } = store;
    const index = shown.lowerBound(({ seq }) => seq < line);
    const element = container.current;
    if (wrapped) parts.onPage(Math.min(shown.length, index + wrappedPage / 2));
    else element?.scrollTo({ top: Math.max(0, index * lineHeight - element.clientHeight / 2) });
  });
  useEffect(() => {
    if (current !== undefined) goTo(current, wrap);
  }, [current, wrap]);
}

/** Keeps the end in view while following; scrolling up pauses. While paused the lines in view stay where they are. */
function useFollow(parts: {
  container: RefObject<HTMLDivElement | null>;
  store: LogStore;
  follow: boolean;
  onFollow: (follow: boolean) => void;
}) {
  const { container, store, follow } = parts;
  const dropped = useRef({ shown: store.shown, count: store.shown.dropped });
  useLayoutEffect(() => {
    const element = container.current;
    if (!element) return;
    const before = dropped.current;
    dropped.current = { shown: store.shown, count: store.shown.dropped };
    if (follow) element.scrollTo({ top: element.scrollHeight });
    else if (before.shown === store.shown && store.shown.dropped > before.count)
      element.scrollBy({ top: (before.count - store.shown.dropped) * lineHeight });
  });
  const onScroll = useEffectEvent((isUp: boolean, toEnd: number) => {
    if (follow && isUp && toEnd > 2 * lineHeight) parts.onFollow(false);
  });
  useEffect(() => {
    const element = container.current;
    let last = 0;
    let height = 0;
    const listen = () => {
      if (!element) return;
      // A list that became shorter moves up by itself.
      const isUp = element.scrollTop < last && element.scrollHeight >= height;
      onScroll(isUp, element.scrollHeight - element.scrollTop - element.clientHeight);
      last = element.scrollTop;
      height = element.scrollHeight;
    };
    element?.addEventListener("scroll", listen, { passive: true });
    return () => element?.removeEventListener("scroll", listen);
  }, [container]);
}

function ColumnHead({ look, fields, showSource }: Pick<RowsProps, "look" | "fields" | "showSource">) {
  return (
    <div className="kyma-log-row kyma-log-head">
      {look.time === "none" ? null : <span className={`kyma-log-time kyma-log-time-${look.time}`}>Time</span>}
      {showSource ? <span className="kyma-log-source">Source</span> : null}
      {fields.map((field) => (
        <span key={field} className="kyma-log-cell">
          {field}
        </span>
      ))}
      <span>Message</span>
    </div>
  );
}
