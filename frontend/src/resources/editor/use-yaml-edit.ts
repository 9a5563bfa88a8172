import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { rebaseYaml, type Rebase } from "#api/editing.ts";
import type { ObjectRef } from "#api/generated/graphql.ts";
import { findDraft, keepDraft, type Draft } from "./drafts.ts";

/** An edit under way: the object's text as it was loaded, what counts as unchanged, and what is typed. */
export interface YamlEdit {
  base: string;
  clean: string;
  text: string;
  dirty: boolean;
  /** The draft that this edit goes on from. */
  restored: Draft | undefined;
  setText: (text: string) => void;
  /** Goes on from another version of the object. */
  start: (next: { base: string; clean: string; text: string }) => void;
  discard: () => void;
}

/** How long after a keystroke a draft is stored. */
const draftDelayMs = 300;

/** Keeps the text of one object and its draft. `secret` keeps the draft out of the browser's storage. */
export function useYamlEdit(loaded: string, key: string, secret: boolean): YamlEdit {
  const [restored, setRestored] = useState(() => usable(findDraft(key, { secret }), loaded));
  const [state, setState] = useState(() => ({
    base: restored?.base ?? loaded,
    clean: restored?.base ?? loaded,
    text: restored?.text ?? loaded,
  }));
  const { base, clean, text } = state;
  const dirty = text !== clean;
  const keep = useEffectEvent((now: { base: string; clean: string; text: string }) => {
    const draft = { base: now.base, text: now.text, savedAt: Date.now() };
    keepDraft(key, now.text === now.clean ? undefined : draft, { secret });
  });
  const last = useEffectEvent(() => keep(state));
  useEffect(() => {
    const timer = setTimeout(() => keep({ base, clean, text }), draftDelayMs);
    return () => clearTimeout(timer);
  }, [text, base, clean]);
  useEffect(() => {
    // What was typed in the last moment is kept too when the tab is left or the page goes away.
    const keepLast = () => last();
    addEventListener("pagehide", keepLast);
    return () => {
      removeEventListener("pagehide", keepLast);
      keepLast();
    };
  }, []);
  const start = (next: typeof state) => {
    setRestored(undefined);
    setState(next);
  };
  return {
    ...state,
    dirty,
    restored,
    setText: (next) => setState((current) => ({ ...current, text: next })),
    start,
    discard: () => start({ base: loaded, clean: loaded, text: loaded }),
  };
}

/** A draft of an object that was deleted and made anew since does not fit. */
function usable(draft: Draft | undefined, loaded: string): Draft | undefined {
  return draft && draft.text !== draft.base && uidOf(draft.base) === uidOf(loaded) ? draft : undefined;
}

const uidOf = (yaml: string): string | undefined => /^ {2}uid: (.*)$/m.exec(yaml)?.[1];

const versionOf = (yaml: string): string | undefined =>
  /^ {2}resourceVersion: "?([^"\n]*)"?$/m.exec(yaml)?.[1];

/** A busy object is looked at again after so long. */
const lookAgainMs = 3000;

/** What others changed since `base`; undefined while that is nothing. Status does not count. */
export function useChangesSince(
  ref: ObjectRef,
  base: string,
  resourceVersion: string | undefined,
): Rebase | undefined {
  const version = useSettled(resourceVersion, lookAgainMs);
  const differs = version !== undefined && version !== versionOf(base);
  const { data } = useQuery({
    queryKey: ["rebase", ref, base, version],
    queryFn: ({ signal }) => rebaseYaml(ref, base, base, signal),
    enabled: differs,
    staleTime: Infinity,
    gcTime: 0,
    placeholderData: (previous) => previous,
  });
  return differs && data && data.changes.length > 0 ? data : undefined;
}

/** The value, following its changes at most once in `ms`; the last one always comes. */
function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState({ value, at: 0 });
  useEffect(() => {
    if (settled.value === value) return;
    const wait = Math.max(0, settled.at + ms - Date.now());
    const timer = setTimeout(() => setSettled({ value, at: Date.now() }), wait);
    return () => clearTimeout(timer);
  }, [value, settled, ms]);
  return settled.value;
}
