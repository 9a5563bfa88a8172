import { type ContainerKind, ContainerRunner } from "../containers/container-runner.ts";
import type { NodeContext, PodContext } from "../containers/node-context.ts";
import { newRecord } from "../containers/record.ts";
import type { PodState } from "./pod-store.ts";

/** A runner for each container of a pod, with what an earlier agent knew of it. */
export function makeRunners(
  node: NodeContext,
  context: PodContext,
  state: PodState | undefined,
): ContainerRunner[] {
  const { initContainers = [], containers, ephemeralContainers = [] } = context.pod.spec;
  const known = new Map(state?.containers.map((record) => [record.name, record]));
  const make =
    (kind: ContainerKind) =>
    ({ name }: { name: string }): ContainerRunner => {
      const record = known.get(name) ?? newRecord(name, kind === "init", initContainers.length > 0);
      return new ContainerRunner(node, context, { name, kind, record });
    };
  return [
    ...initContainers.map(make("init")),
    ...containers.map(make("regular")),
    ...ephemeralContainers.map(make("ephemeral")),
  ];
}

/** Ephemeral containers come to a pod that runs; they never go. */
export function addEphemeral(node: NodeContext, context: PodContext, runners: ContainerRunner[]): void {
  for (const { name } of context.pod.spec.ephemeralContainers ?? []) {
    if (runners.some(({ record }) => record.name === name)) continue;
    const record = newRecord(name, false, false);
    runners.push(new ContainerRunner(node, context, { name, kind: "ephemeral", record }));
  }
}
