import { Button, Tooltip } from "@patternfly/react-core";
import { SearchIcon } from "@patternfly/react-icons";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useState } from "react";
import { chooseTheme } from "#ui/theme.ts";
import { useShortcut } from "#ui/shortcuts.ts";
import type { PaletteItem } from "./palette-items.ts";

const PaletteDialog = lazy(() => import("./palette-dialog.tsx"));

/** The button and the keys that open the palette. `onHelp` shows the shortcuts. */
export function Palette({ onHelp }: { onHelp: () => void }) {
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  useShortcut("mod+k", "Go to or do anything", () => setOpen(!open));
  const own = useMemo(
    (): PaletteItem[] => [
      {
        key: "own shortcuts",
        group: "Console",
        title: "Keyboard shortcuts",
        alias: "help keys",
        run: onHelp,
      },
      { key: "own light", group: "Console", title: "Light theme", run: () => chooseTheme("light") },
      { key: "own dark", group: "Console", title: "Dark theme", run: () => chooseTheme("dark") },
      { key: "own system", group: "Console", title: "Theme of the system", run: () => chooseTheme("system") },
      {
        key: "own yaml",
        group: "Console",
        title: "Create from YAML",
        alias: "apply upload import add",
        run: () => void navigate({ href: "/upload" }),
      },
      {
        key: "own kinds",
        group: "Console",
        title: "All kinds",
        alias: "api resources",
        run: () => void navigate({ href: "/kinds" }),
      },
    ],
    [navigate, onHelp],
  );
  return (
    <>
      <Tooltip content="Go to or do anything (Ctrl K, on a Mac ⌘ K)">
        <Button
          variant="plain"
          icon={<SearchIcon />}
          aria-label="Go to or do"
          onClick={() => setOpen(true)}
        />
      </Tooltip>
      {open ? (
        <Suspense fallback={null}>
          <PaletteDialog own={own} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
