/* Monaco's core with just the languages and features that the console uses. Only imported lazily: it is large. */
import { editor, KeyCode, KeyMod, Uri } from "monaco-editor/editor/editor.api";
import "monaco-editor/features/bracketMatching/register";
import "monaco-editor/features/caretOperations/register";
import "monaco-editor/features/clipboard/register";
import "monaco-editor/features/codeAction/register";
import "monaco-editor/features/codeEditor/register";
import "monaco-editor/features/codicon/register";
import "monaco-editor/features/comment/register";
import "monaco-editor/features/contextmenu/register";
import "monaco-editor/features/cursorUndo/register";
import "monaco-editor/features/diffEditor/register";
import "monaco-editor/features/find/register";
import "monaco-editor/features/folding/register";
import "monaco-editor/features/format/register";
import "monaco-editor/features/gotoError/register";
import "monaco-editor/features/gotoLine/register";
import "monaco-editor/features/gotoSymbol/register";
import "monaco-editor/features/hover/register";
import "monaco-editor/features/indentation/register";
import "monaco-editor/features/lineSelection/register";
import "monaco-editor/features/linesOperations/register";
import "monaco-editor/features/links/register";
import "monaco-editor/features/multicursor/register";
import "monaco-editor/features/parameterHints/register";
import "monaco-editor/features/quickCommand/register";
import "monaco-editor/features/quickHelp/register";
import "monaco-editor/features/readOnlyMessage/register";
import "monaco-editor/features/rename/register";
import "monaco-editor/features/smartSelect/register";
import "monaco-editor/features/snippet/register";
import "monaco-editor/features/suggest/register";
import "monaco-editor/features/toggleTabFocusMode/register";
import "monaco-editor/features/tokenization/register";
import "monaco-editor/features/unicodeHighlighter/register";
import "monaco-editor/features/wordHighlighter/register";
import "monaco-editor/features/wordOperations/register";
import "monaco-editor/languages/definitions/javascript/register";
import "monaco-editor/languages/definitions/yaml/register";
import { jsonDefaults } from "monaco-editor/languages/features/json/register";
import {
  javascriptDefaults,
  ScriptTarget,
  ModuleKind,
} from "monaco-editor/languages/features/typescript/register";

/** The language services run in workers, served like every other file. */
function createWorker(language: string): Worker {
  if (language === "json") {
    return new Worker(new URL("workers/json.worker.ts", import.meta.url), { type: "module" });
  }
  if (language === "javascript" || language === "typescript") {
    return new Worker(new URL("workers/ts.worker.ts", import.meta.url), { type: "module" });
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

export { editor, KeyCode, KeyMod };
