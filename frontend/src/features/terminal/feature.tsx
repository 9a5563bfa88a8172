import { lazy, Suspense } from "react";
import type { Feature, ObjectView } from "#resources/feature.ts";
import { Loading } from "#ui/loading.tsx";

const roles = ["containers", "initContainers", "ephemeralContainers"];
const containerFields = [
  ...roles.map((role) => `spec.${role}.name`),
  ...["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"].flatMap((statuses) => [
    `status.${statuses}.name`,
    `status.${statuses}.state`,
  ]),
];

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
  objectTabs: [
    {
      kinds: ["pods"],
      key: "terminal",
      title: "Terminal",
      order: 60,
      fields: containerFields,
      Content: Terminal,
    },
  ],
};
