import { useRef, useState } from "react";
import { errorMessage } from "#api/errors.ts";
import { applyManifest, type ManifestOutcome } from "#api/editing.ts";
import { startWork } from "#ui/notices.ts";
import { applyOrder, isPromised, type UploadDocument } from "./documents.ts";

/** One object of the upload, or a document that holds none that can be read. */
export interface UploadRow extends ManifestOutcome {
  id: string;
  document: UploadDocument;
}

/** What runs, or has run, and what came of it. */
export interface UploadRun {
  /** Were only the effects asked for? */
  dryRun: boolean;
  done: number;
  total: number;
  running: boolean;
  stopped: boolean;
  rows: readonly UploadRow[];
}

export interface UploadOptions {
  dryRun: boolean;
  namespace: string | null;
  /** End at the first refusal. */
  stopAtFailure: boolean;
  /** Take over fields that others manage, for these rows. */
  force?: boolean;
}

/** Applies documents one after the other, in the order in which they need each other. */
export function useUpload() {
  const [run, setRun] = useState<UploadRun>();
  const stop = useRef(false);
  const start = async (
    documents: readonly UploadDocument[],
    options: UploadOptions,
    kept: readonly UploadRow[] = [],
  ) => {
    stop.current = false;
    const ordered = applyOrder(documents);
    const { dryRun } = options;
    const state = { dryRun, total: ordered.length, running: true, stopped: false };
    let rows: UploadRow[] = [];
    const tell = announced(ordered.length, dryRun, () => void (stop.current = true));
    const show = (done: number, running: boolean, stopped = false) => {
      tell(done, running, stopped, rows);
      setRun({ ...state, done, running, stopped, rows: merged(kept, rows) });
    };
    show(0, true);
    for (const [at, document] of ordered.entries()) {
      if (stop.current) return show(at, false, true);
      const outcomes = await outcomesOf(document, documents, options);
      rows = [...rows, ...outcomes];
      const failed = outcomes.some(({ outcome }) => outcome === "REFUSED");
      if (failed && options.stopAtFailure && !dryRun) return show(at + 1, false, at + 1 < ordered.length);
      show(at + 1, true);
    }
    return show(ordered.length, false);
  };
  return {
    run,
    start,
    stop: () => {
      stop.current = true;
    },
    reset: () => setRun(undefined),
  };
}

/** Tells the bell about an upload of several documents, which goes on when its page is left. */
function announced(count: number, dryRun: boolean, stop: () => void) {
  const work = dryRun || count < 2 ? undefined : startWork(`Apply ${count} documents`, { stop });
  return (done: number, running: boolean, stopped: boolean, rows: readonly UploadRow[]) => {
    const refused = rows.filter(({ outcome }) => outcome === "REFUSED").length;
    const parts = [`${done} of ${count} done`];
    if (refused > 0) parts.push(`${refused} refused`);
    if (stopped) parts.push("then stopped");
    const text = `${parts.join(", ")}.`;
    if (running) work?.progress(done / count, text);
    else if (refused > 0) work?.fail(text);
    else work?.finish(text);
  };
}

/** Rows of an earlier run stay where this one has none of the same document. */
function merged(kept: readonly UploadRow[], rows: readonly UploadRow[]): UploadRow[] {
  const redone = new Set(rows.map(({ document }) => document.firstLine));
  return [...kept.filter(({ document }) => !redone.has(document.firstLine)), ...rows].toSorted(
    (a, b) => a.line - b.line,
  );
}

async function outcomesOf(
  document: UploadDocument,
  all: readonly UploadDocument[],
  { dryRun, namespace, force = false }: UploadOptions,
): Promise<UploadRow[]> {
  const { text: yaml, firstLine } = document;
  try {
    const outcomes = await applyManifest({ yaml, firstLine, namespace, dryRun, force });
    return outcomes.map((outcome, at) => ({ ...promised(outcome, all), id: `${firstLine} ${at}`, document }));
  } catch (error) {
    return [{ ...failure(document, errorMessage(error)), id: `${firstLine} 0`, document }];
  }
}

/** What only waits for something that this upload makes would be created. */
function promised(outcome: ManifestOutcome, all: readonly UploadDocument[]): ManifestOutcome {
  if (!outcome.pending || !isPromised(outcome, all)) return outcome;
  return {
    ...outcome,
    outcome: "CREATED",
    message: `once this upload has made what it needs: ${outcome.message}`,
  };
}

function failure(document: UploadDocument, message: string): ManifestOutcome {
  const { apiVersion, kind, namespace, name, firstLine } = document;
  const nothing = { plural: null, conflicts: [], pending: false, stored: null, result: null };
  return { outcome: "REFUSED", apiVersion, kind, namespace, name, message, line: firstLine, ...nothing };
}
