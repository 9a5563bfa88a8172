import { Divider, Dropdown, DropdownItem, DropdownList, MenuToggle } from "@patternfly/react-core";
import { BookmarkIcon } from "@patternfly/react-icons";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { toast } from "#ui/toasts.tsx";
import { listPath } from "../kinds.ts";
import type { SavedView } from "./saved-views.ts";
import type { List } from "./use-list.ts";

const ViewsDialog = lazy(async () => ({ default: (await import("./views-dialog.tsx")).ViewsDialog }));

/** Saved views of this kind: open one, save this one, manage them, or copy a link to what is shown. */
export function ViewsMenu({ list }: { list: List }) {
  const [isOpen, setOpen] = useState(false);
  const [dialog, setDialog] = useState<"save" | "manage">();
  const openView = useOpenView(list);
  const { views } = list.memory;
  const ask = (next: "save" | "manage") => {
    setOpen(false);
    setDialog(next);
  };
  return (
    <>
      <Dropdown
        isOpen={isOpen}
        onOpenChange={setOpen}
        onSelect={() => setOpen(false)}
        popperProps={{ position: "right" }}
        toggle={(ref) => (
          <MenuToggle
            ref={ref}
            isExpanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            icon={<BookmarkIcon />}
            aria-label="Views"
            className="kyma-views-toggle"
          >
            <span className="kyma-wide-only">Views</span>
          </MenuToggle>
        )}
      >
        <DropdownList aria-label="Saved views">
          {views.map((view) => (
            <DropdownItem
              key={view.name}
              isSelected={view.name === list.search.view}
              description={view.isDefault ? "Default of this kind" : undefined}
              onClick={() => openView(view)}
            >
              {view.name}
            </DropdownItem>
          ))}
          {views.length > 0 ? <Divider component="li" /> : null}
          <DropdownItem description="Kept in this browser" onClick={() => ask("save")}>
            Save this view…
          </DropdownItem>
          {views.length > 0 ? <DropdownItem onClick={() => ask("manage")}>Manage views…</DropdownItem> : null}
          <DropdownItem
            description="Shows others the same, as far as their rights go"
            onClick={() => void copyLink(viewLink(list, viewOfList(list)))}
          >
            Copy link to this view
          </DropdownItem>
        </DropdownList>
      </Dropdown>
      {dialog === undefined ? null : (
        <Suspense>
          <ViewsDialog mode={dialog} list={list} onClose={() => setDialog(undefined)} />
        </Suspense>
      )}
    </>
  );
}

function useOpenView(list: List): (view: SavedView) => void {
  const navigate = useNavigate();
  return (view) => {
    const search = { ...view.search, view: view.name };
    if (list.ns === undefined || view.ns === "" || view.ns === list.ns) list.show(search);
    else void navigate({ to: listPath(list.type, view.ns), search: search as never });
  };
}

/** What is shown now, as a view without a name. Its columns are named, so that it looks the same to everyone. */
export function viewOfList({ ns, search, columns }: List): Pick<SavedView, "ns" | "search"> {
  const { view: _view, ...rest } = search;
  const cols = search.cols ?? columns.usual.filter((id) => id !== "name" && id !== "namespace");
  return { ns: ns ?? "", search: { ...rest, cols: [...cols] } };
}

/** The address of a view, whole. */
export function viewLink(list: List, view: Pick<SavedView, "ns" | "search"> & { name?: string }): string {
  const path = listPath(list.type, list.ns === undefined ? undefined : view.ns || list.ns);
  const search: Record<string, unknown> = { ...view.search, ...(view.name ? { view: view.name } : {}) };
  const query = new URLSearchParams(
    Object.entries(search).map(([key, value]) => [
      key,
      // As the router writes them: texts that could be read as something else in quotes.
      typeof value === "string" && !isJson(value) ? value : JSON.stringify(value),
    ]),
  );
  return `${location.origin}${path}?${query.toString()}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Puts a link on the clipboard, or shows it where the browser forbids that. */
export async function copyLink(link: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(link);
    toast("success", "The link was copied");
  } catch {
    toast("info", "Copy this link", link);
  }
}
