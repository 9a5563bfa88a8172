import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

export interface PublishLoad {
  port: number;
  /** Connections, each with one event on its way at a time. */
  clients: number;
  seconds: number;
  warmUpSeconds: number;
  /** Events per second; without it each client sends as soon as it has an answer. */
  rate?: number;
  /** Ids begin so, that no event is dropped as known. */
  prefix: string;
}

export interface PublishFigures {
  /** Accepted events. */
  perSecond: number;
  /** From when an event was due to its 204, ms. */
  p50: number;
  p99: number;
  longest: number;
  /** Of one core, taken by the load itself. */
  cpuShare: number;
}

let loads = 0;

/** Runs the load in a process of its own. Rejects when an event is not accepted. */
export async function runPublishLoad(load: Omit<PublishLoad, "prefix">): Promise<PublishFigures> {
  const script = join(import.meta.dirname, "publish-load.ts");
  const prefix = `${process.pid}-${loads++}`;
  const args = ["--disable-warning=ExperimentalWarning", script, JSON.stringify({ ...load, prefix })];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as PublishFigures;
}
