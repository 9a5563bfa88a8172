import { lazy, Suspense } from "react";
import type { Feature, ObjectView } from "#resources/feature.ts";
import { Loading } from "#ui/loading.tsx";

const TerminalTab = lazy(() => import("./terminal-tab.tsx"));

function Terminal(view: ObjectView) {
  return (
    <Suspense fallback={<Loading what="the terminal" />}>
      <TerminalTab {...view} />
    </Suspense>
  );
}

export const terminalFeature: Feature = {
  navigation: [],
  quickStarts: [],
  objectTabs: [{ kinds: ["pods"], key: "terminal", title: "Terminal", order: 60, Content: Terminal }],
};
