import { appendFileSync } from "node:fs";
import { rm, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Layout } from "../control-plane/layout.ts";
import type { Supervisor } from "../supervisor/supervisor.ts";
import { httpProbe, untilReady } from "../supervisor/probe.ts";

/** What `npm start` has brought up. */
export interface Running {
  /** The one-time link to the console. */
  consoleUrl: string;
  /** Ends everything in order. */
  stop(): Promise<void>;
}

/** How a start talks to the one who waits for it, and hears that it shall stop. */
export interface StartContext {
  report(heading: string, detail: string): void;
  done(heading: string): void;
  say(text: string): void;
  signal: AbortSignal;
  /** Handed over as soon as there is something to kill: what a second Ctrl-C calls. */
  onKillable(kill: () => void): void;
}

const consoleLimitMs = 60_000;

/** Waits until the console says that all of this start is usable, and returns its link. */
export async function consoleLink(
  supervisor: Supervisor,
  layout: Layout,
  port: number,
  signal: AbortSignal,
): Promise<string> {
  try {
    await untilReady(httpProbe(port, "/readyz"), consoleLimitMs, signal);
  } catch (cause) {
    signal.throwIfAborted();
    const waiting = supervisor.states.filter(({ state }) => state !== "READY");
    const names = waiting.map(({ name, message }) => message || `${name} is not ready.`).join(" ");
    throw new Error(`The console is not usable. ${names || `See ${join(layout.logs, "bff.log")}.`}`, {
      cause,
    });
  }
  return (await readFile(layout.consoleUrl, "utf8")).trim();
}

/** Forgets the link of the last start: it would not work. */
export async function forgetConsoleLink(layout: Layout): Promise<void> {
  await rm(layout.consoleUrl, { force: true });
}

/** Notes what happened when in launcher.log. */
export function note(layout: Layout, text: string): void {
  try {
    appendFileSync(join(layout.logs, "launcher.log"), `${new Date().toISOString()} ${text}\n`);
  } catch {
    // The folder may be gone or full; a lost note must not end the cluster.
  }
}
