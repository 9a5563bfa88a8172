import { lazy, Suspense, useEffect } from "react";
import { Loading } from "./loading.tsx";

const MonacoCodeEditor = lazy(() => import("./monaco-code-editor.tsx"));
const MonacoDiffEditor = lazy(() => import("./monaco-diff-editor.tsx"));

export interface CodeEditorProps {
  /** Accessible name, e.g. "Source of hello". */
  label: string;
  language: "javascript" | "json" | "yaml" | "plaintext";
  value: string;
  /** File name that the language service sees, e.g. handler.js. */
  fileName: string;
  onChange?: (value: string) => void;
  /** Ctrl/Cmd-S. */
  onSave?: () => void;
  readOnly?: boolean;
  /** CSS height. */
  height?: string;
  /** Declarations for JavaScript completions. */
  typings?: string | undefined;
  /** For YAML: the JSON schema of each document, null where it is not known. Undefined: not known yet. */
  schemas?: readonly (Record<string, unknown> | null)[] | undefined;
  /** Faults that the server named, to be marked in the text. */
  faults?: readonly { line: number; message: string }[];
  /** The line to show; another object shows it again. */
  reveal?: { line: number } | undefined;
}

/** A code editor; loaded when first shown. */
export function CodeEditor(props: CodeEditorProps) {
  const isYaml = props.language === "yaml";
  // What checks the text is fetched beside the editor, not after it.
  useEffect(() => {
    if (isYaml) void import("./monaco-yaml.ts");
  }, [isYaml]);
  return (
    <div className="kyma-editor" style={{ blockSize: props.height ?? "28rem" }}>
      <Suspense fallback={<Loading what="the editor" />}>
        <MonacoCodeEditor {...props} />
      </Suspense>
    </div>
  );
}

export interface DiffViewProps {
  label: string;
  language: CodeEditorProps["language"];
  before: string;
  after: string;
  height?: string;
}

/** Shows what changed from one text to another; loaded when first shown. */
export function DiffView(props: DiffViewProps) {
  return (
    <div className="kyma-editor" style={{ blockSize: props.height ?? "24rem" }}>
      <Suspense fallback={<Loading what="the comparison" />}>
        <MonacoDiffEditor {...props} />
      </Suspense>
    </div>
  );
}
