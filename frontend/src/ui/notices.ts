import { useSyncExternalStore } from "react";

/** Work that takes long, or something that happened; kept in the bell until it is dismissed. */
export interface Notice {
  id: number;
  title: string;
  text: string | undefined;
  state: "running" | "done" | "failed" | "info";
  /** Of running work whose size is known, from 0 to 1. */
  progress: number | undefined;
  /** Unix ms. */
  at: number;
  isRead: boolean;
  /** Where to look. */
  path: string | undefined;
  /** Ends running work early. */
  stop: (() => void) | undefined;
}

const most = 50;
let notices: readonly Notice[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}

function change(id: number, changes: Partial<Notice>): void {
  set(notices.map((notice) => (notice.id === id ? { ...notice, ...changes } : notice)));
}

/** Adds a notice; the oldest that is over makes room. */
export function addNotice(notice: Pick<Notice, "title" | "state"> & Partial<Notice>): number {
  lastId += 1;
  const id = lastId;
  const added: Notice = {
    text: undefined,
    progress: undefined,
    path: undefined,
    stop: undefined,
    isRead: false,
    at: Date.now(),
    ...notice,
    id,
  };
  const running = [added, ...notices];
  while (running.length > most) {
    const oldest = running.findLastIndex(({ state }) => state !== "running");
    running.splice(oldest < 0 ? running.length - 1 : oldest, 1);
  }
  set(running);
  return id;
}

/** What long work tells about itself. */
export interface Work {
  /** How much of it is done, from 0 to 1, and a sentence. */
  progress(done: number, text?: string): void;
  finish(text?: string): void;
  fail(text: string): void;
}

/** Announces work that goes on when its dialog or page is left. */
export function startWork(title: string, about: Partial<Pick<Notice, "path" | "stop">> = {}): Work {
  const id = addNotice({ title, state: "running", progress: 0, isRead: true, ...about });
  const end = (state: "done" | "failed", text: string | undefined) =>
    change(id, { state, text, progress: undefined, stop: undefined, isRead: false, at: Date.now() });
  return {
    progress: (done, text) => change(id, { progress: Math.min(Math.max(done, 0), 1), text }),
    finish: (text) => end("done", text),
    fail: (text) => end("failed", text),
  };
}

export function dismissNotice(id: number): void {
  set(notices.filter((notice) => notice.id !== id));
}

/** Removes all that is over. */
export function dismissAll(): void {
  set(notices.filter(({ state }) => state === "running"));
}

export function readAll(): void {
  if (notices.some(({ isRead }) => !isRead)) set(notices.map((notice) => ({ ...notice, isRead: true })));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** All notices, the newest first. */
export function useNotices(): readonly Notice[] {
  return useSyncExternalStore(subscribe, () => notices);
}

/** The notices as they are now. */
export function currentNotices(): readonly Notice[] {
  return notices;
}
