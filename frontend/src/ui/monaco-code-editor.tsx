import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { CodeEditorProps } from "./code-editor.tsx";
import {
  createModel,
  editor,
  editorOptions,
  KeyCode,
  KeyMod,
  setEditorTheme,
  setRuntimeTypings,
} from "./monaco.ts";
import { ReportedTexts } from "./reported-texts.ts";
import { useDark } from "./theme.ts";

function spoken(label: string): string {
  return `${label}. Ctrl+M lets Tab leave the editor.`;
}

/** Monaco as a controlled React component. Its model and view are disposed with it. */
export default function MonacoCodeEditor(props: CodeEditorProps) {
  const { label, language, fileName, value, readOnly = false, typings } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<editor.IStandaloneCodeEditor>(undefined);
  /** The text that is just being put in from outside: not a change by the person. */
  const shown = useRef<string>(undefined);
  const dark = useDark();
  const [reported] = useState(() => new ReportedTexts());
  const changed = useEffectEvent((text: string) => {
    if (text === shown.current) return;
    reported.report(text);
    props.onChange?.(text);
  });
  const save = useEffectEvent(() => props.onSave?.());
  const initialOptions = useEffectEvent(() => ({ ...editorOptions, readOnly, ariaLabel: spoken(label) }));
  const initialValue = useEffectEvent(() => value);

  useEffect(() => setEditorTheme(dark), [dark]);
  useEffect(() => {
    if (typings !== undefined) setRuntimeTypings(typings);
  }, [typings]);
  useEffect(() => {
    if (!host.current) return;
    const model = createModel(initialValue(), language, fileName);
    const created = editor.create(host.current, { ...initialOptions(), model });
    created.onDidChangeModelContent(() => changed(model.getValue()));
    // An action, not addCommand: that one is shared by all editors of the page.
    created.addAction({
      id: "kyma.save",
      label: "Save",
      keybindings: [KeyMod.CtrlCmd | KeyCode.KeyS],
      run: () => save(),
    });
    view.current = created;
    return () => {
      created.dispose();
      model.dispose();
    };
  }, [language, fileName]);
  useEffect(() => {
    const model = view.current?.getModel();
    if (reported.isEcho(value) || !model || model.getValue() === value) return;
    shown.current = value;
    model.setValue(value);
    shown.current = undefined;
  }, [value, reported]);
  useEffect(() => {
    view.current?.updateOptions({ readOnly, ariaLabel: spoken(label) });
  }, [label, readOnly]);
  return <div ref={host} className="kyma-editor-host" />;
}
