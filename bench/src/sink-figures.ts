import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export interface SinkFigures {
  /** Answered events. */
  count: number;
  /** While all places were taken. */
  perSecond: number;
  /** Mean time from the arrival of an event to its answer, ms. */
  latencyMs: number;
}

export interface SinkProcess {
  port: number;
  /** Since the last call. */
  figures(): Promise<SinkFigures>;
  stop(): void;
}

/** A sink in a process of its own: the path /N of its URL answers after N ms. */
export async function startSink(): Promise<SinkProcess> {
  const script = join(import.meta.dirname, "event-sink.ts");
  const args = ["--disable-warning=ExperimentalWarning", script];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const port = Number(line.toString());
  return {
    port,
    figures: async () => (await (await fetch(`http://127.0.0.1:${port}/figures`)).json()) as SinkFigures,
    stop: () => void child.kill("SIGKILL"),
  };
}
