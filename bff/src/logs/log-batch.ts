import type { StreamState } from "./container-log.ts";
import type { ContainerKind } from "./pods.ts";

/** What a reader gets at once: the lines that came since the batch before, and what changed with their streams. */
export interface LogBatch {
  streams: {
    index: number;
    pod: string;
    container: string;
    kind: ContainerKind;
    restarts: number;
    state: StreamState;
    message: string | null;
  }[];
  first: number;
  sources: number[];
  times: string[];
  texts: string[];
  gaps: { before: number; stream: number; count: number }[];
  cursors: { stream: number; token: string }[];
  liveness: "LIVE" | "RECONNECTING";
  omitted: number;
  ended: boolean;
}
