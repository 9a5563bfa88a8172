import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";
import { errorMessage } from "#api/errors.ts";
import type { SearchHit } from "#api/search.ts";
import { useAccess } from "#resources/access.ts";
import type { ObjectCommand, ObjectView } from "#resources/feature.ts";
import { toast } from "#ui/toasts.tsx";
import { viewQuery } from "./object-view.ts";

/** Reads the object, then starts the command, or says why it cannot be done. */
export function StartCommand({
  hit,
  command,
  onDone,
}: {
  hit: SearchHit;
  command: ObjectCommand;
  onDone: () => void;
}) {
  const view = useQuery(viewQuery(hit));
  const giveUp = useEffectEvent(() => {
    toast("danger", `${command.key} ${hit.name} failed`, errorMessage(view.error));
    onDone();
  });
  useEffect(() => {
    if (view.error) giveUp();
  }, [view.error]);
  return view.data ? <Start view={view.data} command={command} onDone={onDone} /> : null;
}

function Start({ view, command, onDone }: { view: ObjectView; command: ObjectCommand; onDone: () => void }) {
  const { allowed, reason } = useAccess(command.needs(view));
  const navigate = useNavigate();
  const label = command.label(view);
  const offered = command.isOffered?.(view) ?? true;
  const start = useEffectEvent(() => {
    if (!offered) {
      toast("info", `${label} makes no sense for ${view.object.metadata.name} as it is now`);
      return onDone();
    }
    if (allowed === false) {
      toast("warning", `${label} is not possible`, reason);
      return onDone();
    }
    if (command.Dialog) return;
    onDone();
    if (command.path) void navigate({ href: command.path(view) });
  });
  useEffect(() => {
    if (allowed !== undefined) start();
  }, [allowed]);
  return allowed && offered && command.Dialog ? <command.Dialog {...view} onClose={onDone} /> : null;
}
