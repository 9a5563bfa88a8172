import {
  Button,
  SearchInput,
  Switch,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from "@patternfly/react-core";
import { DownloadIcon } from "@patternfly/react-icons";
import type { ReactNode } from "react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { SourcedLine } from "./log-lines.ts";
import { linesAsText, plainText, searchLines } from "./log-lines.ts";
import { useRowWindow } from "./row-window.ts";

/** Height of an unwrapped line, in px; console.css sets the same. */
const lineHeight = 20;
/** Wrapped lines have heights of their own, so all are rendered: only this many. */
const wrappedLimit = 1000;

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name}.log`;
  link.click();
  URL.revokeObjectURL(url);
}

/** A log: follows its end until the person scrolls up; search, wrapping, time stamps, download. */
export function LogView(props: {
  label: string;
  lines: readonly SourcedLine[];
  /** Said instead of lines while there are none. */
  emptyText: string;
  showSource?: boolean;
  status?: ReactNode;
  children?: ReactNode;
}) {
  const [search, setSearch] = useState("");
  const [follow, setFollow] = useState(true);
  const [wrap, setWrap] = useState(false);
  const [times, setTimes] = useState(false);
  const shown = searchLines(props.lines, search);
  return (
    <div className="kyma-log">
      <Toolbar inset={{ default: "insetNone" }}>
        <ToolbarContent alignItems="center">
          {props.children}
          <ToolbarItem>
            <SearchInput
              aria-label="Search the log"
              placeholder="Search"
              value={search}
              onChange={(_event, value) => setSearch(value)}
              onClear={() => setSearch("")}
              {...(search === "" ? {} : { resultsCount: shown.length })}
            />
          </ToolbarItem>
          <ToolbarGroup>
            <LogSwitch label="Follow" isChecked={follow} onChange={setFollow} />
            <LogSwitch label="Wrap" isChecked={wrap} onChange={setWrap} />
            <LogSwitch label="Time stamps" isChecked={times} onChange={setTimes} />
          </ToolbarGroup>
          <ToolbarItem>{props.status}</ToolbarItem>
          <ToolbarItem>
            <Button
              variant="plain"
              aria-label="Download the log"
              icon={<DownloadIcon />}
              isDisabled={shown.length === 0}
              onClick={() => download(props.label, linesAsText(shown))}
            />
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      {shown.length === 0 ? (
        <div className="kyma-log-lines kyma-log-empty">
          {props.lines.length === 0 ? props.emptyText : "No line matches the search."}
        </div>
      ) : (
        <LogLines {...props} lines={shown} follow={follow} onFollow={setFollow} wrap={wrap} times={times} />
      )}
    </div>
  );
}

function LogSwitch(props: { label: string; isChecked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <ToolbarItem>
      <Switch
        id={`log-${props.label.replaceAll(" ", "-").toLowerCase()}`}
        label={props.label}
        isChecked={props.isChecked}
        onChange={(_event, checked) => props.onChange(checked)}
      />
    </ToolbarItem>
  );
}

function LogLines(props: {
  label: string;
  lines: readonly SourcedLine[];
  showSource?: boolean;
  follow: boolean;
  onFollow: (follow: boolean) => void;
  wrap: boolean;
  times: boolean;
}) {
  const { lines, follow, wrap } = props;
  const container = useRef<HTMLDivElement>(null);
  const view = useRowWindow(container, lines.length, lineHeight);
  const start = wrap ? Math.max(0, lines.length - wrappedLimit) : view.start;
  const end = wrap ? lines.length : view.end;
  const leaveEnd = useEffectEvent(() => {
    if (follow) props.onFollow(false);
  });
  useEffect(() => {
    const element = container.current;
    if (follow && element) element.scrollTop = element.scrollHeight;
  });
  useEffect(() => {
    const element = container.current;
    let last = 0;
    const onScroll = () => {
      if (!element) return;
      const toEnd = element.scrollHeight - element.scrollTop - element.clientHeight;
      if (element.scrollTop < last && toEnd > 2 * lineHeight) leaveEnd();
      last = element.scrollTop;
    };
    element?.addEventListener("scroll", onScroll, { passive: true });
    return () => element?.removeEventListener("scroll", onScroll);
  }, []);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
    <section className="kyma-log-lines" ref={container} tabIndex={0} aria-label={props.label}>
      <div style={{ paddingBlockStart: wrap ? 0 : view.before, paddingBlockEnd: wrap ? 0 : view.after }}>
        {lines.slice(start, end).map((line, index) => (
          <div key={start + index} className={wrap ? "kyma-log-line kyma-log-wrapped" : "kyma-log-line"}>
            {props.times ? <span className="kyma-log-meta">{line.time} </span> : null}
            {props.showSource ? <span className="kyma-log-meta">{line.source} </span> : null}
            {plainText(line.text)}
          </div>
        ))}
      </div>
    </section>
  );
}
