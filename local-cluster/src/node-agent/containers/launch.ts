import { ContainerConfigError } from "../environment/environment.ts";
import type { Container } from "../pods/pod.ts";
import { ContainerProcess, makeInput } from "./container-process.ts";
import type { PodContext } from "./node-context.ts";
import type { PreparedStart } from "./prepare.ts";

/** Starts a container's process with the standard input that its spec asks for. */
export async function launch(
  directory: string,
  prepared: PreparedStart,
  { stdin, stdinOnce, tty }: Container,
): Promise<ContainerProcess> {
  if (tty) return ContainerProcess.startOnTerminal(directory, prepared.command, prepared);
  if (stdin) makeInput(directory, stdinOnce ?? false);
  return ContainerProcess.start(directory, prepared.command, prepared);
}

/** The process whose PID namespace an ephemeral container joins. Throws ContainerConfigError while it does not run. */
export function targetProcess(
  pod: PodContext,
  { targetContainerName: target }: Container,
): number | undefined {
  if (!target) return undefined;
  const pid = pod.mainProcess(target);
  if (pid === undefined) throw new ContainerConfigError(`target container "${target}" is not running`);
  return pid;
}
