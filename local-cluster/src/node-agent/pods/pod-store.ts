import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ContainerRecord } from "../containers/record.ts";

/** What outlives the agent of one pod, in `<pod directory>/state.json`. */
export interface PodState {
  uid: string;
  namespace: string;
  name: string;
  podIp: string;
  /** Milliseconds since 1970. */
  startTime: number;
  containers: ContainerRecord[];
}

/** Writes the state so that a crash leaves either the old or the new one. */
export function writePodState(directory: string, state: PodState): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, "state.json");
  writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Every pod directory below `directory`; without a state when it cannot be read. */
export function readPodStates(directory: string): { directory: string; state: PodState | undefined }[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory).map((name) => ({
    directory: join(directory, name),
    state: readState(join(directory, name)),
  }));
}

function readState(directory: string): PodState | undefined {
  try {
    return JSON.parse(readFileSync(join(directory, "state.json"), "utf8")) as PodState;
  } catch {
    return undefined;
  }
}
