import { useEffect, useRef } from "react";
import type { DiffViewProps } from "./code-editor.tsx";
import { createModel, editor, editorOptions, setEditorTheme } from "./monaco.ts";
import { useDark } from "./theme.ts";

/** Monaco's comparison of two texts, read-only. */
export default function MonacoDiffEditor({ label, language, before, after }: DiffViewProps) {
  const host = useRef<HTMLDivElement>(null);
  const dark = useDark();
  useEffect(() => setEditorTheme(dark), [dark]);
  useEffect(() => {
    if (!host.current) return;
    const original = createModel(before, language, "before");
    const modified = createModel(after, language, "after");
    const view = editor.createDiffEditor(host.current, {
      ...editorOptions,
      readOnly: true,
      originalEditable: false,
      originalAriaLabel: `${label}, before`,
      modifiedAriaLabel: `${label}, after`,
      // One column where two do not fit.
      useInlineViewWhenSpaceIsLimited: true,
      renderSideBySideInlineBreakpoint: 760,
      hideUnchangedRegions: { enabled: true },
    });
    view.setModel({ original, modified });
    return () => {
      view.dispose();
      original.dispose();
      modified.dispose();
    };
  }, [label, language, before, after]);
  return <div ref={host} className="kyma-editor-host" />;
}
