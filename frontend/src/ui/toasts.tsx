import { Alert, AlertActionCloseButton, AlertGroup } from "@patternfly/react-core";
import { useSyncExternalStore } from "react";
import { addNotice } from "./notices.ts";

interface Toast {
  id: number;
  variant: "success" | "info" | "warning" | "danger";
  title: string;
  text: string | undefined;
}

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Tells the person in passing what happened. Failures stay until closed, and in the bell; the rest goes after some seconds. */
export function toast(variant: Toast["variant"], title: string, text?: string): void {
  lastId += 1;
  set([...toasts.slice(-4), { id: lastId, variant, title, text }]);
  if (variant === "danger") addNotice({ title, text, state: "failed" });
}

function dismiss(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where toasts appear; the shell has one. */
export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <AlertGroup isToast isLiveRegion aria-label="Notifications">
      {shown.map(({ id, variant, title, text }) => (
        <Alert
          key={id}
          variant={variant}
          title={title}
          timeout={variant === "danger" ? false : 6000}
          onTimeout={() => dismiss(id)}
          actionClose={<AlertActionCloseButton title={title} onClose={() => dismiss(id)} />}
        >
          {text}
        </Alert>
      ))}
    </AlertGroup>
  );
}
