import { useEffect, useState } from "react";
import type { FunctionRef } from "#api/generated/graphql.ts";
import type { FieldConflict } from "#api/objects.ts";
import { recall, remember } from "#ui/storage.ts";
import { toast } from "#ui/toasts.tsx";
import type { Draft, Editable, EditableField } from "./draft.ts";
import { afterSave, changedFields, editableOf, editOf, takeTheirs, withField } from "./draft.ts";
import { saveFunction } from "./functions-api.ts";
import type { KymaFunction } from "./kyma-function.ts";

/** A draft as the browser keeps it; `at` is an RFC 3339 time. */
interface StoredDraft {
  draft: Draft;
  at: string;
}

function draftKey({ namespace, name }: FunctionRef): string {
  return `draft.${namespace}/${name}`;
}

function readStored(ref: FunctionRef): StoredDraft | undefined {
  try {
    const stored = JSON.parse(recall(draftKey(ref)) ?? "null") as StoredDraft | null;
    return stored && changedFields(stored.draft).length > 0 ? stored : undefined;
  } catch {
    return undefined;
  }
}

/** What the tabs of the Function page need to edit it. */
export interface FunctionDraft {
  /** The fields as the person sees them: what was typed over what the Function says. */
  value: Editable;
  changed: EditableField[];
  set: <Field extends EditableField>(field: Field, value: Editable[Field]) => void;
  discard: () => void;
  save: (force?: boolean) => Promise<void>;
  busy: boolean;
  error: unknown;
  conflicts: readonly FieldConflict[] | undefined;
  closeConflicts: () => void;
  takeTheirs: () => void;
  /** A draft of an earlier visit, until it is restored or dropped. */
  offered: { at: string; fields: EditableField[] } | undefined;
  restoreOffered: () => void;
  dropOffered: () => void;
}

/** Unsaved changes of one Function: kept in this browser, and saved against the Function that editing began with. */
export function useFunctionDraft(ref: FunctionRef, live: KymaFunction): FunctionDraft {
  const [draft, setDraft] = useState<Draft>();
  const [stored, setStored] = useState(() => readStored(ref));
  const [saved, setSaved] = useState<KymaFunction>();
  const saving = useSave(ref, setDraft, setSaved);
  // The answer to a save is there before the live view has it.
  const isAhead = (saved?.metadata.generation ?? 0) > (live.metadata.generation ?? 0);
  const fn = saved && isAhead ? saved : live;
  useKeptDraft(ref, draft, stored !== undefined);
  return {
    value: { ...editableOf(fn), ...draft?.fields },
    changed: draft ? changedFields(draft) : [],
    set: (field, value) => setDraft((current) => withField(current, fn, field, value)),
    discard: () => setDraft(undefined),
    save: async (force = false) => {
      if (draft) await saving.save(draft, force);
    },
    busy: saving.busy,
    error: saving.error,
    conflicts: saving.conflicts,
    closeConflicts: saving.closeConflicts,
    takeTheirs: () => {
      setDraft((current) => current && takeTheirs(current, saving.conflicts ?? [], live));
      saving.closeConflicts();
    },
    offered: stored && { at: stored.at, fields: changedFields(stored.draft) },
    restoreOffered: () => {
      setDraft(stored?.draft);
      setStored(undefined);
    },
    dropOffered: () => setStored(undefined),
  };
}

function useSave(
  ref: FunctionRef,
  setDraft: (change: (current: Draft | undefined) => Draft | undefined) => void,
  setSaved: (fn: KymaFunction) => void,
) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [conflicts, setConflicts] = useState<readonly FieldConflict[]>();
  const save = async (sent: Draft, force: boolean) => {
    setBusy(true);
    setError(undefined);
    setConflicts(undefined);
    try {
      const result = await saveFunction(ref, editOf(sent), sent.base, force);
      if (result.conflicts.length > 0) return setConflicts(result.conflicts);
      const fn = result.object as KymaFunction;
      setSaved(fn);
      setDraft((current) => afterSave(current, sent, fn));
      toast("success", `${ref.name} was saved`);
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, conflicts, save, closeConflicts: () => setConflicts(undefined) };
}

/** Writes the draft to the browser's storage shortly after each change. An earlier one still on offer stays until it is answered. */
function useKeptDraft(ref: FunctionRef, draft: Draft | undefined, offering: boolean): void {
  const key = draftKey(ref);
  useEffect(() => {
    if (offering && draft === undefined) return;
    const write = () =>
      remember(key, draft && JSON.stringify({ draft, at: new Date().toISOString() } satisfies StoredDraft));
    const timer = setTimeout(write, 300);
    window.addEventListener("pagehide", write);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pagehide", write);
      write();
    };
  }, [key, draft, offering]);
}
