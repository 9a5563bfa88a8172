/* Monaco's core with just the languages that the console uses. Only imported lazily: it is large. */
import { editor, KeyCode, KeyMod, MarkerSeverity, Range, Uri } from "monaco-editor/editor/editor.api";
// All features: the language services load them anyway, and one that comes after the first editor finds its services missing.
import "monaco-editor/features/register.all";
import "monaco-editor/languages/definitions/javascript/register";
import "monaco-editor/languages/definitions/yaml/register";
import { jsonDefaults } from "monaco-editor/languages/features/json/register";
import {
  javascriptDefaults,
  ScriptTarget,
  ModuleKind,
} from "monaco-editor/languages/features/typescript/register";

/** The language services run in workers, served like every other file. Those of Monaco are named as Monaco names them: bundled once. */
function createWorker(language: string): Worker {
  if (language === "json") {
    return new Worker(new URL("monaco-editor/languages/features/json/json.worker.js", import.meta.url), {
      type: "module",
    });
  }
  if (language === "javascript" || language === "typescript") {
    return new Worker(new URL("monaco-editor/languages/features/typescript/ts.worker.js", import.meta.url), {
      type: "module",
    });
  }
  if (language === "yaml") {
    return new Worker(new URL("workers/yaml.worker.ts", import.meta.url), { type: "module" });
  }
  return new Worker(new URL("workers/editor.worker.ts", import.meta.url), { type: "module" });
}

self.MonacoEnvironment = { getWorker: (_id, label) => createWorker(label) };

javascriptDefaults.setCompilerOptions({
  target: ScriptTarget.ESNext,
  module: ModuleKind.ESNext,
  allowJs: true,
  allowNonTsExtensions: true,
  lib: ["esnext"],
});
javascriptDefaults.setDiagnosticsOptions({ noSuggestionDiagnostics: true });
jsonDefaults.setDiagnosticsOptions({ validate: true, allowComments: false, schemas: [] });

const typingsPath = "ts:kyma/function-runtime.d.ts";
let typings: { text: string; registered: { dispose: () => void } } | undefined;

/** Makes the declarations known to every JavaScript editor; the same text again changes nothing. */
export function setRuntimeTypings(text: string): void {
  if (typings?.text === text) return;
  typings?.registered.dispose();
  typings = { text, registered: javascriptDefaults.addExtraLib(text, typingsPath) };
}

let models = 0;

/** A text of its own; the caller disposes it. `name` decides what the language service takes it for. */
export function createModel(text: string, language: string, name: string): editor.ITextModel {
  models += 1;
  return editor.createModel(text, language, Uri.parse(`inmemory://kyma/${models}/${name}`));
}

/** Puts in another text by changing only what differs, so that the cursor, folds and the way back by undo stay. */
export function replaceText(model: editor.ITextModel, text: string): void {
  const old = model.getValue();
  const most = Math.min(old.length, text.length);
  let start = 0;
  while (start < most && old[start] === text[start]) start += 1;
  let end = 0;
  while (end < most - start && old[old.length - 1 - end] === text[text.length - 1 - end]) end += 1;
  const from = model.getPositionAt(start);
  const to = model.getPositionAt(old.length - end);
  const range = new Range(from.lineNumber, from.column, to.lineNumber, to.column);
  model.pushStackElement();
  model.pushEditOperations([], [{ range, text: text.slice(start, text.length - end) }], () => null);
  model.pushStackElement();
}

/** Marks lines with what the server said about them. */
export function markFaults(
  model: editor.ITextModel,
  faults: readonly { line: number; message: string }[],
): void {
  const lines = model.getLineCount();
  const markers = faults.map(({ line, message }) => {
    const startLineNumber = Math.min(Math.max(line, 1), lines);
    return {
      severity: MarkerSeverity.Error,
      message,
      startLineNumber,
      startColumn: model.getLineFirstNonWhitespaceColumn(startLineNumber) || 1,
      endLineNumber: startLineNumber,
      endColumn: model.getLineMaxColumn(startLineNumber),
    };
  });
  editor.setModelMarkers(model, "kyma", markers);
}

/** Options that every editor of the console has. */
export const editorOptions: editor.IEditorOptions = {
  automaticLayout: true,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  fontFamily: "var(--pf-t--global--font--family--mono)",
  fontSize: 13,
  fixedOverflowWidgets: true,
  padding: { top: 8, bottom: 8 },
};

/** All editors share one theme. */
export function setEditorTheme(dark: boolean): void {
  editor.setTheme(dark ? "vs-dark" : "vs");
}

export { createWorker, editor, KeyCode, KeyMod };
