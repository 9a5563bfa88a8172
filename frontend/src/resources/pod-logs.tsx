import { ToggleGroup, ToggleGroupItem, ToolbarItem } from "@patternfly/react-core";
import { useState } from "react";
import { usePodLogs } from "#api/resources.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { mergeLines } from "#ui/log-lines.ts";
import { LogView } from "#ui/log-view.tsx";
import type { Pod } from "./kube-objects.ts";

/** The live log of one pod, container by container. */
export function PodLogs({ pod }: { pod: Pod }) {
  const containers = [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])].map(
    ({ name }) => name,
  );
  const [container, setContainer] = useState(containers[0] ?? "");
  return (
    <ContainerLogs key={container} pod={pod} container={container}>
      <ToolbarItem>
        <ToggleGroup aria-label="Container">
          {containers.map((name) => (
            <ToggleGroupItem
              key={name}
              text={name}
              buttonId={`container-${name}`}
              isSelected={name === container}
              onChange={() => setContainer(name)}
            />
          ))}
        </ToggleGroup>
      </ToolbarItem>
    </ContainerLogs>
  );
}

function ContainerLogs(props: { pod: Pod; container: string; children: React.ReactNode }) {
  const { name, namespace = "" } = props.pod.metadata;
  const log = usePodLogs({ namespace, pod: name, container: props.container });
  if (log.error) return <ErrorState title="The log cannot be read" error={log.error} retry={log.retry} />;
  return (
    <LogView
      label={`${name}-${props.container}`}
      lines={mergeLines([{ source: "", lines: log.value?.lines ?? [] }])}
      emptyText={log.value === undefined ? "Waiting for the log…" : "The container has written nothing yet."}
      status={log.value?.ended ? "The container has ended." : null}
    >
      {props.children}
    </LogView>
  );
}
