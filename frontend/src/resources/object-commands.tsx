import { Divider, Dropdown, DropdownList, MenuToggle } from "@patternfly/react-core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useState } from "react";
import type { AccessNeed } from "./access.ts";
import type { ObjectCommand, ObjectView } from "./feature.ts";
import { GuardedMenuItem } from "./guarded-button.tsx";
import { useObjectExtensions } from "./object-extensions.ts";

/** Starts a command on an object: goes there, or opens its dialog. */
function useCommandStart(view: ObjectView) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState<ObjectCommand>();
  const start = (command: ObjectCommand) =>
    command.path ? void navigate({ href: command.path(view) }) : setAsking(command);
  const dialog: ReactNode = asking?.Dialog ? (
    <asking.Dialog {...view} onClose={() => setAsking(undefined)} />
  ) : null;
  return { start, dialog };
}

/** The menu of everything that a person can do to this object. What they may not do is there too, with the reason. */
export function ActionsMenu({
  view,
  deletion,
}: {
  view: ObjectView;
  /** Absent: the page has another way to delete it. */
  deletion?: { needs: AccessNeed[]; start: () => void };
}) {
  const [open, setOpen] = useState(false);
  const { commands } = useObjectExtensions(view.type);
  const { start, dialog } = useCommandStart(view);
  const offered = commands.filter(({ isOffered }) => isOffered?.(view) ?? true);
  return (
    <>
      <Dropdown
        isOpen={open}
        onOpenChange={setOpen}
        onSelect={() => setOpen(false)}
        popperProps={{ position: "right" }}
        shouldFocusFirstItemOnOpen
        toggle={(toggle) => (
          <MenuToggle ref={toggle} isExpanded={open} onClick={() => setOpen(!open)}>
            Actions
          </MenuToggle>
        )}
      >
        <DropdownList>
          {offered.map((command) => (
            <GuardedMenuItem
              key={command.key}
              needs={command.needs(view)}
              isDanger={command.isDanger ?? false}
              onClick={() => start(command)}
            >
              {command.label(view)}
            </GuardedMenuItem>
          ))}
          {offered.length > 0 && deletion ? <Divider component="li" /> : null}
          {deletion ? (
            <GuardedMenuItem needs={deletion.needs} isDanger onClick={deletion.start}>
              Delete
            </GuardedMenuItem>
          ) : null}
        </DropdownList>
      </Dropdown>
      {dialog}
    </>
  );
}
