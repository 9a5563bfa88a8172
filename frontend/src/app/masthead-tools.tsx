import { ToolbarItem } from "@patternfly/react-core";
import { useCallback, useState } from "react";
import { NoticeBell } from "./notice-bell.tsx";
import { Palette } from "./palette/palette.tsx";
import { useGlobalShortcuts } from "./shortcuts/global-shortcuts.ts";
import { ShortcutsHelp } from "./shortcuts/shortcuts-help.tsx";

/** The palette, the bell, and the keys that work everywhere. */
export function MastheadTools({ onSidebar }: { onSidebar: () => void }) {
  const [help, setHelp] = useState(false);
  const showHelp = useCallback(() => setHelp(true), []);
  useGlobalShortcuts({ help: showHelp, sidebar: onSidebar });
  return (
    <>
      <ToolbarItem>
        <Palette onHelp={showHelp} />
      </ToolbarItem>
      <ToolbarItem>
        <NoticeBell />
      </ToolbarItem>
      {help ? <ShortcutsHelp onClose={() => setHelp(false)} /> : null}
    </>
  );
}
