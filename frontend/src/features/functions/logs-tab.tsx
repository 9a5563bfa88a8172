import { ObjectLogs } from "#resources/logs/object-logs.tsx";
import { functionSelector } from "./kyma-function.ts";

/** One live log of all the Function's pods, in order of time. */
export function LogsTab({ namespace, name }: { namespace: string; name: string }) {
  return (
    <ObjectLogs source={{ namespace, labelSelector: functionSelector(name) }} label={`Log of ${name}`} />
  );
}
