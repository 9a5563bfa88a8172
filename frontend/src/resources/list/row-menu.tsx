import { Alert, Divider, Menu, MenuContent, MenuItem, MenuList, Spinner } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { CSSProperties } from "react";
import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { errorMessage } from "#api/errors.ts";
import type { WindowRow } from "#api/lists.ts";
import { readObject } from "#api/lists.ts";
import { useAccess } from "../access.ts";
import { DeleteObject } from "../delete-object.tsx";
import type { ObjectCommand, ObjectView } from "../feature.ts";
import type { KindType } from "../kinds.ts";
import { objectPath } from "../kinds.ts";
import type { KubeObject } from "../kube-objects.ts";
import { useObjectExtensions } from "../object-extensions.ts";

/** The row whose menu is open, and the button that it hangs on. */
export interface OpenMenu {
  row: WindowRow;
  button: HTMLElement;
}

/** A dialog that a command opened; it outlives the menu. */
type Asking = { command: ObjectCommand; view: ObjectView } | { remove: WindowRow };

/** The menu of a row: what can be done to its object, and the dialogs that this opens. */
export function RowMenu(props: {
  type: KindType;
  kind: string;
  open: OpenMenu | undefined;
  typeName: boolean;
  onClose: () => void;
}) {
  const [asking, setAsking] = useState<Asking>();
  const done = () => setAsking(undefined);
  return (
    <>
      {props.open ? <Opened key={props.open.row.key} {...props} open={props.open} onAsk={setAsking} /> : null}
      {asking && "command" in asking && asking.command.Dialog ? (
        <asking.command.Dialog {...asking.view} onClose={done} />
      ) : null}
      {asking && "remove" in asking ? (
        <DeleteObject
          refTo={{ type: props.type, name: asking.remove.name, namespace: asking.remove.namespace ?? null }}
          uid={uidOf(asking.remove.key)}
          kind={props.kind}
          typeName={props.typeName}
          onClose={done}
        >
          What it owns is deleted with it. This cannot be undone.
        </DeleteObject>
      ) : null}
    </>
  );
}

/** A row's key is the object's uid, unless it has none. */
export function uidOf(key: string): string | undefined {
  return /^[0-9a-f-]{36}$/.test(key) ? key : undefined;
}

function Opened(props: {
  type: KindType;
  open: OpenMenu;
  onClose: () => void;
  onAsk: (asking: Asking) => void;
}) {
  const { open, type, onClose } = props;
  const menu = useRef<HTMLDivElement>(null);
  const [place] = useState(() => placeOf(open.button));
  useClosing(menu, open.button, onClose);
  return createPortal(
    <Menu
      ref={menu}
      className="kyma-row-menu-list"
      style={place}
      onSelect={onClose}
      aria-label={`Actions for ${open.row.name}`}
    >
      <MenuContent>
        <MenuList>
          <GoTo {...props} />
          <Commands {...props} />
          <Divider component="li" />
          <DeleteItem type={type} row={open.row} onAsk={props.onAsk} />
        </MenuList>
      </MenuContent>
    </Menu>,
    document.body,
  );
}

/** Below the button, or above it near the bottom of the window. */
function placeOf(button: HTMLElement): CSSProperties {
  const { top, bottom, right } = button.getBoundingClientRect();
  const across = { insetInlineEnd: Math.max(8, innerWidth - right) };
  return bottom > innerHeight * 0.6
    ? { ...across, insetBlockEnd: innerHeight - top }
    : { ...across, insetBlockStart: bottom };
}

/** Closes on Escape and on a click elsewhere, and gives the focus back. */
function useClosing(
  menu: React.RefObject<HTMLDivElement | null>,
  button: HTMLElement,
  onClose: () => void,
): void {
  useEffect(() => {
    const focus = setTimeout(() => menu.current?.querySelector<HTMLElement>("button, a")?.focus(), 30);
    const grid = button.closest<HTMLElement>("[role=grid]");
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" && event.key !== "Tab") return;
      event.stopPropagation();
      onClose();
      grid?.focus();
    };
    const onClick = (event: MouseEvent) => {
      const target = event.target as Node;
      if (!menu.current?.contains(target) && !button.contains(target)) onClose();
    };
    document.addEventListener("keydown", onKey, true);
    document.addEventListener("mousedown", onClick);
    return () => {
      clearTimeout(focus);
      document.removeEventListener("keydown", onKey, true);
      document.removeEventListener("mousedown", onClick);
    };
  }, [menu, button, onClose]);
}

function GoTo({ type, open: { row } }: { type: KindType; open: OpenMenu }) {
  const navigate = useNavigate();
  const path = objectPath(type, row.namespace, row.name);
  return (
    <>
      <MenuItem onClick={() => void navigate({ href: path })}>Open</MenuItem>
      <MenuItem onClick={() => void navigate({ href: `${path}?tab=yaml` })}>Open the YAML</MenuItem>
    </>
  );
}

/** What features offer for the object, which has to be read for that. */
function Commands(props: { type: KindType; open: OpenMenu; onAsk: (asking: Asking) => void }) {
  const { type, open } = props;
  const { commands } = useObjectExtensions(type);
  const ref = { type, name: open.row.name, namespace: open.row.namespace ?? null };
  const read = useQuery({
    queryKey: ["row-object", ref],
    queryFn: ({ signal }) => readObject<KubeObject>(ref, signal),
    enabled: commands.length > 0,
    staleTime: 0,
    gcTime: 0,
  });
  if (commands.length === 0) return null;
  if (read.error)
    return (
      <li>
        <Alert isInline isPlain variant="danger" title={errorMessage(read.error)} />
      </li>
    );
  if (read.data === undefined)
    return (
      <MenuItem isDisabled icon={<Spinner size="sm" aria-label="Loading" />}>
        Reading the object
      </MenuItem>
    );
  if (read.data === null) return <MenuItem isDisabled>It does not exist any more</MenuItem>;
  const view: ObjectView = { type, object: read.data };
  const offered = commands.filter(({ isOffered }) => isOffered?.(view) ?? true);
  return offered.map((command) => (
    <CommandItem key={command.key} command={command} view={view} onAsk={props.onAsk} />
  ));
}

function CommandItem(props: { command: ObjectCommand; view: ObjectView; onAsk: (asking: Asking) => void }) {
  const { command, view } = props;
  const { allowed, reason } = useAccess(command.needs(view));
  const navigate = useNavigate();
  const start = () =>
    command.path ? void navigate({ href: command.path(view) }) : props.onAsk({ command, view });
  const isRefused = allowed === false;
  return (
    <MenuItem
      isAriaDisabled={isRefused}
      isDanger={command.isDanger ?? false}
      description={isRefused ? reason : undefined}
      onClick={() => {
        if (!isRefused) start();
      }}
    >
      {command.label(view)}
    </MenuItem>
  );
}

function DeleteItem(props: { type: KindType; row: WindowRow; onAsk: (asking: Asking) => void }) {
  const { type, row } = props;
  const { allowed, reason } = useAccess([
    {
      verb: "delete",
      group: type.group,
      resource: type.plural,
      namespace: row.namespace ?? undefined,
      name: row.name,
    },
  ]);
  const isRefused = allowed === false;
  return (
    <MenuItem
      isDanger
      isAriaDisabled={isRefused}
      description={isRefused ? reason : undefined}
      onClick={() => {
        if (!isRefused) props.onAsk({ remove: row });
      }}
    >
      Delete
    </MenuItem>
  );
}
