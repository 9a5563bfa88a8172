import { lazy, Suspense } from "react";
import type { LogSource } from "#api/logs.ts";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { Loading } from "#ui/loading.tsx";
import type { AccessNeed } from "../access.ts";
import { useAccess } from "../access.ts";

const LogViewer = lazy(() => import("./log-viewer.tsx"));

/** What reading logs needs. */
function logNeeds(namespace: string): AccessNeed[] {
  return [{ verb: "get", group: "", resource: "pods", subresource: "log", namespace }];
}

/** The log viewer, for those who may read logs; loaded when first shown. */
export function ObjectLogs({ source, label }: { source: LogSource; label: string }) {
  const { allowed, reason } = useAccess(logNeeds(source.namespace));
  if (allowed === false)
    return (
      <EmptyNotice title="You may not read logs here">{reason} Ask an administrator for it.</EmptyNotice>
    );
  return (
    <Suspense fallback={<Loading what="the log" />}>
      <LogViewer key={JSON.stringify(source)} source={source} label={label} />
    </Suspense>
  );
}
