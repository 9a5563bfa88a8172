import { FormSelect, FormSelectOption, ToolbarItem } from "@patternfly/react-core";
import { useState } from "react";
import { usePodLogsOf } from "#api/resources.ts";
import type { Pod } from "#resources/kube-objects.ts";
import { ErrorAlert } from "#ui/error-state.tsx";
import { mergeLines } from "#ui/log-lines.ts";
import { LogView } from "#ui/log-view.tsx";
import type { FunctionLogSource } from "./log-sources.ts";
import { logSources, sourceKey, withSeen } from "./log-sources.ts";

const everything = "";

/** One live log of all the Function's pods, in order of time. */
export function LogsTab({ name, pods }: { name: string; pods: readonly Pod[] }) {
  const [seen, setSeen] = useState<readonly FunctionLogSource[]>([]);
  const next = withSeen(seen, logSources(pods));
  if (next !== seen) setSeen(next);
  const [container, setContainer] = useState("function");
  const [pod, setPod] = useState(everything);
  const chosen = next.filter(
    (source) =>
      (container === everything || source.container === container) &&
      (pod === everything || source.pod === pod),
  );
  const logs = usePodLogsOf(chosen.map((source) => ({ source, run: sourceKey(source) })));
  const failed = logs.find(({ error }) => error);
  const lines = mergeLines(
    chosen.map((source, index) => ({ source: labelOf(source), lines: logs[index]?.value?.lines ?? [] })),
  );
  return (
    <>
      {failed ? <ErrorAlert title="A log cannot be read" error={failed.error} retry={failed.retry} /> : null}
      <LogView
        label={name}
        lines={lines}
        showSource={new Set(chosen.map(labelOf)).size > 1}
        emptyText={
          chosen.length === 0
            ? "No pod has started yet. Lines appear as soon as one has."
            : "Nothing was logged yet. Run the Function to see lines here."
        }
      >
        <ToolbarItem>
          <FormSelect
            aria-label="Container"
            value={container}
            onChange={(_event, value) => setContainer(value)}
          >
            <FormSelectOption value="function" label="Function" />
            <FormSelectOption value="dependencies" label="Installation of dependencies" />
            <FormSelectOption value={everything} label="All containers" />
          </FormSelect>
        </ToolbarItem>
        <ToolbarItem>
          <FormSelect aria-label="Pod" value={pod} onChange={(_event, value) => setPod(value)}>
            <FormSelectOption value={everything} label="All pods" />
            {[...new Set(next.map((source) => source.pod))].map((one) => (
              <FormSelectOption key={one} value={one} label={one} />
            ))}
          </FormSelect>
        </ToolbarItem>
      </LogView>
    </>
  );
}

/** The last part of a pod's name tells the pods of one Function apart. */
function labelOf({ pod, container }: FunctionLogSource): string {
  const short = pod.split("-").at(-1) ?? pod;
  return container === "function" ? short : `${short}/${container}`;
}
