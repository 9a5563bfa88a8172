import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { errorMessage } from "#api/errors.ts";
import { toast } from "#ui/toasts.tsx";
import type { ObjectCommand, ObjectView } from "./feature.ts";
import { GuardedButton } from "./guarded-button.tsx";
import { useObjectExtensions } from "./object-extensions.ts";

/** Buttons for what a person can do to this object. */
export function ObjectCommands(view: ObjectView) {
  const { commands } = useObjectExtensions(view.type);
  return commands
    .filter(({ isOffered }) => isOffered?.(view) ?? true)
    .map((command) => <CommandButton key={command.key} command={command} view={view} />);
}

function CommandButton({ command, view }: { command: ObjectCommand; view: ObjectView }) {
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const start = async () => {
    if (command.path) return navigate({ href: command.path(view) });
    if (command.Dialog) return setAsking(true);
    try {
      toast("success", (await command.run?.(view)) ?? "");
    } catch (error) {
      toast("danger", `${command.label(view)} failed`, errorMessage(error));
    }
  };
  return (
    <>
      <GuardedButton
        variant="secondary"
        isDanger={command.isDanger ?? false}
        needs={command.needs(view)}
        onClick={() => void start()}
      >
        {command.label(view)}
      </GuardedButton>
      {asking && command.Dialog ? <command.Dialog {...view} onClose={() => setAsking(false)} /> : null}
    </>
  );
}
