import { memo } from "react";
import type { LogStreamInfo } from "#api/logs.ts";
import type { AnsiSpan } from "./ansi.ts";
import { needsCare, parseAnsi } from "./ansi.ts";
import { cellText, messageOf, parseJson } from "./json-line.ts";
import type { LinePattern } from "./line-pattern.ts";
import type { LogEntry } from "./log-store.ts";
import { entryLevel } from "./log-store.ts";
import type { LogLook } from "./log-settings.ts";
import { timeText } from "./log-settings.ts";

/** More of one line is in its details. */
const longestShown = 2000;
const colours = 8;

export interface LineProps {
  entry: LogEntry;
  stream: LogStreamInfo | undefined;
  look: LogLook;
  /** Fields that have a column of their own. */
  fields: readonly string[];
  showSource: boolean;
  pattern: LinePattern | undefined;
  isCurrent: boolean;
  isOpen: boolean;
  now: number;
  onOpen: (entry: LogEntry) => void;
}

/** One line of a log. */
export const LogLine = memo(function LogLine(props: LineProps) {
  const { entry, stream, look, isCurrent, isOpen } = props;
  if (entry.gap !== undefined) return <GapLine entry={entry} stream={stream} />;
  const level = entryLevel(entry);
  const classes = [
    "kyma-log-row",
    level ? `kyma-log-${level}` : "",
    isCurrent ? "kyma-log-current" : "",
    isOpen ? "kyma-log-open" : "",
  ];
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the region's Enter key opens the line, too
    <div className={classes.filter(Boolean).join(" ")} onClick={() => props.onOpen(entry)}>
      {look.time === "none" ? null : (
        <span className="kyma-log-time">{timeText(entry.time, look.time, props.now)} </span>
      )}
      {props.showSource && stream ? (
        <span
          className={`kyma-log-source kyma-log-source-${entry.stream % colours}`}
          title={`${stream.pod}/${stream.container}`}
        >
          {sourceLabel(stream)}{" "}
        </span>
      ) : null}
      <LineText {...props} />
    </div>
  );
});

/** The pod's last part tells pods of one workload apart. */
function sourceLabel({ pod, container }: LogStreamInfo): string {
  return `${pod.length > 18 ? `…${pod.split("-").slice(-2).join("-").slice(-17)}` : pod}/${container}`;
}

function GapLine({ entry, stream }: Pick<LineProps, "entry" | "stream">) {
  return (
    <div className="kyma-log-row kyma-log-gap">
      {entry.gap?.toLocaleString("en")} lines of {stream ? `${stream.pod}/${stream.container}` : "the log"}{" "}
      are left out here: they came faster than they could be shown. The download has all.
    </div>
  );
}

function LineText({ entry, look, fields, pattern }: LineProps) {
  const json = look.columns ? parseJson(entry.text) : undefined;
  if (json) {
    return (
      <>
        {fields.map((field) => (
          <span key={field} className="kyma-log-cell" title={cellText(json[field])}>
            <Marked spans={[{ text: cellText(json[field]).slice(0, 200) }]} pattern={pattern} />
          </span>
        ))}
        <Marked spans={parseAnsi(messageOf(json).slice(0, longestShown))} pattern={pattern} />
      </>
    );
  }
  const { text } = entry;
  const shown = text.length > longestShown ? text.slice(0, longestShown) : text;
  return (
    <>
      {look.columns ? fields.map((field) => <span key={field} className="kyma-log-cell" />) : null}
      <Marked spans={needsCare(shown) ? parseAnsi(shown) : [{ text: shown }]} pattern={pattern} />
      {text.length > longestShown ? (
        <span className="kyma-log-more">
          {" "}
          … {(text.length - longestShown).toLocaleString("en")} more characters
        </span>
      ) : null}
    </>
  );
}

/** Text with its colours, and marks where the pattern is. */
export function Marked({ spans, pattern }: { spans: readonly AnsiSpan[]; pattern: LinePattern | undefined }) {
  const places = pattern ? pattern.spans(spans.map(({ text }) => text).join("")) : [];
  let at = 0;
  return spans.map((span, index) => {
    const from = at;
    at += span.text.length;
    const inner = places.length === 0 ? span.text : markedPieces(span.text, from, places);
    const className = spanClass(span);
    return className === "" ? (
      <span key={index}>{inner}</span>
    ) : (
      <span key={index} className={className}>
        {inner}
      </span>
    );
  });
}

function markedPieces(text: string, from: number, places: readonly (readonly [number, number])[]) {
  const pieces = [];
  let done = 0;
  for (const [start, end] of places) {
    const [a, b] = [Math.max(0, start - from), Math.min(text.length, end - from)];
    if (a >= b) continue;
    pieces.push(text.slice(done, a), <mark key={a}>{text.slice(a, b)}</mark>);
    done = b;
  }
  pieces.push(text.slice(done));
  return pieces;
}

function spanClass({ colour, background, bold, faint, italic, underline }: AnsiSpan): string {
  return [
    colour === undefined ? "" : `kyma-ansi-${colour}`,
    background === undefined ? "" : `kyma-ansi-bg-${background}`,
    bold ? "kyma-ansi-bold" : "",
    faint ? "kyma-ansi-faint" : "",
    italic ? "kyma-ansi-italic" : "",
    underline ? "kyma-ansi-underline" : "",
  ]
    .filter(Boolean)
    .join(" ");
}
