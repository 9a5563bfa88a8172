import { Button, Label, Popover, Stack, StackItem } from "@patternfly/react-core";
import {
  CheckCircleIcon,
  DisconnectedIcon,
  ExclamationCircleIcon,
  InProgressIcon,
} from "@patternfly/react-icons";
import type { ReactNode } from "react";
import type { Connection } from "#api/connection.ts";
import { useConnection } from "#api/connection.ts";
import type { ComponentStatus } from "#api/components.ts";
import { useComponents } from "#api/components.ts";
import type { ComponentState } from "#api/generated/graphql.ts";
import { Age } from "#ui/age.tsx";
import type { Health } from "#ui/status-label.tsx";
import { StatusLabel } from "#ui/status-label.tsx";

const stateHealth: Record<ComponentState, Health> = {
  READY: "ok",
  STARTING: "progress",
  RESTARTING: "warning",
  STOPPED: "warning",
  FAILED: "error",
};

/** The worst of connection and components, as one short word. Pure. */
export function summary(
  connection: Connection["state"],
  components: readonly Pick<ComponentStatus, "name" | "state">[],
): { health: Health; text: string } {
  if (connection === "reconnecting") return { health: "warning", text: "Reconnecting" };
  if (connection !== "connected") return { health: "progress", text: "Connecting" };
  const failed = components.find(({ state }) => state === "FAILED");
  if (failed) return { health: "error", text: `${failed.name} failed` };
  const other = components.find(({ state }) => state !== "READY");
  if (other) return { health: stateHealth[other.state], text: `${other.name} ${other.state.toLowerCase()}` };
  return { health: "ok", text: "Connected" };
}

const icons: Record<Health, ReactNode> = {
  ok: <CheckCircleIcon />,
  progress: <InProgressIcon />,
  warning: <DisconnectedIcon />,
  error: <ExclamationCircleIcon />,
  none: <InProgressIcon />,
};

const colors = { ok: "green", progress: "blue", warning: "orange", error: "red", none: "grey" } as const;

/** Shows at a glance whether the console is connected and the local cluster's processes run; opens the details. */
export function ClusterStatus() {
  const connection = useConnection();
  const components = useComponents().value ?? [];
  const { health, text } = summary(connection.state, components);
  return (
    <Popover
      aria-label="Connection and components"
      headerContent="Connection and components"
      bodyContent={<Details connection={connection} components={components} />}
      position="bottom-end"
    >
      <Button variant="plain" aria-label={`Status: ${text}`}>
        <Label isCompact color={colors[health]} icon={icons[health]} aria-live="polite">
          <span className="kyma-wide-only">{text}</span>
        </Label>
      </Button>
    </Popover>
  );
}

function Details({
  connection,
  components,
}: {
  connection: Connection;
  components: readonly ComponentStatus[];
}) {
  return (
    <Stack hasGutter>
      <StackItem>
        Live connection: {connection.state}, <Age since={new Date(connection.since).toISOString()} />
      </StackItem>
      {components.map(({ name, state, restarts, message, since }) => (
        <StackItem key={name}>
          <StatusLabel health={stateHealth[state]}>{state.toLowerCase()}</StatusLabel> <strong>{name}</strong>
          , <Age since={since} />
          {restarts > 0 ? `, restarted ${restarts === 1 ? "once" : `${restarts} times`}` : ""}
          {message ? <div>{message}</div> : null}
        </StackItem>
      ))}
    </Stack>
  );
}
