import type { ComponentType } from "react";
import type { WriteOutcome } from "#api/objects.ts";
import type { ObjectView } from "./feature.ts";
import { lazyView } from "./lazy-view.tsx";

/** A change of one object that needs no input. */
export interface ObjectChange {
  /** As a question. */
  title: (view: ObjectView) => string;
  /** The word on the button. */
  action: string;
  /** What it means, in a sentence or two. */
  text: string;
  isDanger?: boolean;
  attempt: (view: ObjectView, dryRun: boolean) => Promise<WriteOutcome>;
}

export type ChangeDialogProps = ObjectView & { onClose: () => void };

const ConfirmChange = lazyView(
  "the dialog",
  async () => (await import("./confirm-change.tsx")).ConfirmChange,
);

/** The dialog of a command that changes an object: says what will change and asks first. Loaded when it is opened. */
export function changeDialog(change: ObjectChange): ComponentType<ChangeDialogProps> {
  return function ChangeDialog(props: ChangeDialogProps) {
    return <ConfirmChange {...props} change={change} />;
  };
}
