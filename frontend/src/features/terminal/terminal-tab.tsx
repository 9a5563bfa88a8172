import { FormSelect, FormSelectOption } from "@patternfly/react-core";
import { lazy, Suspense, useState } from "react";
import type { AccessNeed } from "#resources/access.ts";
import { useAccess } from "#resources/access.ts";
import type { ObjectView } from "#resources/feature.ts";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { Loading } from "#ui/loading.tsx";
import type { TerminalContainer } from "./containers.ts";
import { shells, terminalContainers } from "./containers.ts";
import { DebugDialog } from "./debug-dialog.tsx";

const TerminalPanel = lazy(() => import("./terminal-panel.tsx"));

function need(verb: string, subresource: string, namespace: string): AccessNeed {
  return { verb, group: "", resource: "pods", subresource, namespace };
}

/** A WebSocket is a GET, and API servers ask for the right to create besides. */
function terminalNeeds(namespace: string, subresource: "exec" | "attach"): AccessNeed[] {
  return [need("create", subresource, namespace), need("get", subresource, namespace)];
}

/** A shell in a container of the pod. */
export default function TerminalTab({ object }: ObjectView) {
  const { name: pod, namespace = "" } = object.metadata;
  const containers = terminalContainers(object);
  const [chosen, setChosen] = useState<string>();
  const [shell, setShell] = useState<string>("auto");
  const [debugging, setDebugging] = useState(false);
  const container = containers.find(({ name }) => name === chosen) ?? pending(chosen) ?? containers[0];
  const mode = container?.isDebug ? "attach" : "exec";
  const { allowed, reason } = useAccess(terminalNeeds(namespace, mode));
  const debug = (
    <GuardedButton
      variant="secondary"
      needs={[need("patch", "ephemeralcontainers", namespace), ...terminalNeeds(namespace, "attach")]}
      onClick={() => setDebugging(true)}
    >
      Debug container
    </GuardedButton>
  );
  const commands = shells.find(({ key }) => key === shell)?.commands ?? [];
  return (
    <>
      {allowed === false ? (
        <EmptyNotice title="You may not open a terminal here">
          {reason} Ask an administrator for it.
        </EmptyNotice>
      ) : !container || (!container.isRunning && container.name !== chosen) ? (
        <EmptyNotice title="No container runs" actions={debug}>
          A terminal needs a running container. The Logs tab tells why there is none.
        </EmptyNotice>
      ) : allowed === undefined ? (
        <Loading what="the terminal" />
      ) : (
        <Suspense fallback={<Loading what="the terminal" />}>
          <TerminalPanel
            key={`${container.name}/${mode}/${shell}`}
            target={{
              namespace,
              pod,
              container: container.name,
              mode,
              commands: commands.map((one) => [...one]),
            }}
            help={debug}
            tools={
              <>
                <ContainerChoice containers={containers} chosen={container} onChoose={setChosen} />
                {mode === "exec" ? (
                  <FormSelect
                    className="kyma-terminal-choice"
                    aria-label="Shell"
                    value={shell}
                    onChange={(_event, value) => setShell(value)}
                  >
                    {shells.map(({ key, label }) => (
                      <FormSelectOption key={key} value={key} label={label} />
                    ))}
                  </FormSelect>
                ) : null}
                {debug}
              </>
            }
          />
        </Suspense>
      )}
      {debugging ? (
        <DebugDialog
          namespace={namespace}
          pod={pod}
          containers={containers.filter(({ isDebug }) => !isDebug).map(({ name }) => name)}
          onClose={() => setDebugging(false)}
          onAdded={(name) => (setChosen(name), setDebugging(false))}
        />
      ) : null}
    </>
  );
}

/** A debug container that was just added and is not in the pod's own list yet. */
function pending(name: string | undefined): TerminalContainer | undefined {
  return name?.startsWith("debugger-") ? { name, isRunning: false, isDebug: true } : undefined;
}

function ContainerChoice(props: {
  containers: readonly TerminalContainer[];
  chosen: TerminalContainer;
  onChoose: (name: string) => void;
}) {
  const listed = props.containers.some(({ name }) => name === props.chosen.name);
  return (
    <FormSelect
      className="kyma-terminal-choice"
      aria-label="Container"
      value={props.chosen.name}
      onChange={(_event, value) => props.onChoose(value)}
    >
      {[...props.containers, ...(listed ? [] : [props.chosen])].map(({ name, isRunning, isDebug }) => (
        <FormSelectOption
          key={name}
          value={name}
          label={`${name}${isDebug ? " (debug)" : ""}${isRunning ? "" : ", not running"}`}
          isDisabled={!isRunning && name !== props.chosen.name}
        />
      ))}
    </FormSelect>
  );
}
