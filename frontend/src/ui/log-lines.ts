/** A log line with where it came from. */
export interface SourcedLine {
  /** RFC 3339. */
  time: string;
  text: string;
  /** e.g. the pod's name; empty when there is one source only. */
  source: string;
}

/** RFC 3339 times with up to nine digits of fraction, comparable as text. */
function sortableTime(time: string): string {
  const [whole = "", fraction = ""] = time.replace(/Z$/, "").split(".");
  return `${whole}.${fraction.padEnd(9, "0")}`;
}

/** Lines of several sources as one log, ordered by time; within one source the order stays. Pure. */
export function mergeLines(
  sources: readonly { source: string; lines: readonly { time: string; text: string }[] }[],
): SourcedLine[] {
  const all = sources.flatMap(({ source, lines }) =>
    lines.map((line) => ({
      key: sortableTime(line.time),
      line: { time: line.time, text: line.text, source },
    })),
  );
  if (sources.length > 1) all.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return all.map(({ line }) => line);
}

/** The lines in which a text occurs, whatever its case; all of them for an empty text. Pure. */
export function searchLines(lines: readonly SourcedLine[], text: string): readonly SourcedLine[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return lines;
  return lines.filter((line) => `${line.source} ${line.text}`.toLowerCase().includes(wanted));
}

/** The lines as a text file. */
export function linesAsText(lines: readonly SourcedLine[]): string {
  return lines.map(({ time, source, text }) => [time, source, text].filter(Boolean).join(" ")).join("\n");
}

// ESC [ … letter: colours and cursor moves that programs write for terminals.
// oxlint-disable-next-line no-control-regex
const ansi = /\u001B\[[0-9;?]*[A-Za-z]/g;

/** A line without the control sequences that only a terminal understands. */
export function plainText(text: string): string {
  return text.replaceAll(ansi, "");
}
