import type { ContainerProcess } from "../containers/container-process.ts";
import { readEntryFacts } from "../containers/prepare.ts";
import { isAlive } from "../containers/process-stat.ts";
import { execCommand } from "../isolation/exec-command.ts";
import type { IsolationMode } from "../isolation/mode.ts";
import { type Command, startCommand } from "./command.ts";
import { startTerminal } from "./terminal.ts";

/** Starts a command in the world of a running container. Throws a sentence when that cannot be. */
export async function enterContainer(
  mode: IsolationMode,
  container: ContainerProcess,
  wanted: { command: string[]; tty: boolean },
): Promise<Command> {
  const { main, shim, directory } = container;
  if (!main || !shim || !isAlive(main))
    throw new Error("the container's process has not started yet, or has ended");
  const facts = readEntryFacts(directory);
  if (!facts)
    throw new Error("the container was started by an earlier version of the node agent: restart its pod");
  const commandLine = execCommand(mode, {
    ...facts,
    ...wanted,
    runDirectory: directory,
    main: main.pid,
    shim: shim.pid,
  });
  const cwd = mode === "directories" ? facts.workingDirectory : directory;
  const owner = mode === "root" ? facts.user : undefined;
  return wanted.tty ? startTerminal(commandLine, { cwd, owner }) : startCommand(commandLine, cwd);
}
