import { useEffect, useEffectEvent, useRef, useState, type RefObject } from "react";
import type { CodeEditorProps } from "./code-editor.tsx";
import {
  createModel,
  editor,
  editorOptions,
  markFaults,
  replaceText,
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

/** Loads the YAML language service with the first YAML text whose kind is known. */
function useYamlSchemas(
  view: RefObject<editor.IStandaloneCodeEditor | undefined>,
  { language, schemas }: CodeEditorProps,
): void {
  useEffect(() => {
    const uri = view.current?.getModel()?.uri.toString();
    if (language !== "yaml" || schemas === undefined || uri === undefined) return;
    let forget: (() => void) | undefined;
    let gone = false;
    const describe = async () => {
      const { describeModel } = await import("./monaco-yaml.ts");
      if (!gone) forget = describeModel(uri, schemas);
    };
    void describe();
    return () => {
      gone = true;
      forget?.();
    };
  }, [view, language, schemas]);
}

/** Monaco as a controlled React component. Its model and view are disposed with it. */
export default function MonacoCodeEditor(props: CodeEditorProps) {
  const { label, language, fileName, value, readOnly = false, typings, faults, reveal } = props;
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
    replaceText(model, value);
    shown.current = undefined;
  }, [value, reported]);
  useEffect(() => {
    view.current?.updateOptions({ readOnly, ariaLabel: spoken(label) });
  }, [label, readOnly]);
  useYamlSchemas(view, props);
  useEffect(() => {
    const model = view.current?.getModel();
    if (model) markFaults(model, faults ?? []);
  }, [faults]);
  useEffect(() => {
    if (!reveal || !view.current) return;
    view.current.revealLineInCenter(reveal.line);
    view.current.setPosition({ lineNumber: reveal.line, column: 1 });
    view.current.focus();
  }, [reveal]);
  return <div ref={host} className="kyma-editor-host" />;
}
