import { setTimeout as delay } from "node:timers/promises";
import { Child, type Command, type Exit } from "./child.ts";
import { changeState, type ComponentState, healthyAfterMs, restartDelayMs } from "./component-state.ts";
import { lastWords } from "./log-files.ts";
import type { Probe } from "./probe.ts";

/** A process that is to run for as long as the cluster does. */
export interface Component {
  command: Command;
  ready: Probe;
  /** Whether what the probe complains of goes away only when the process starts anew. */
  needsRestart?: (complaint: unknown) => Promise<boolean>;
  /** How long it may take to become ready at the first start. */
  startLimitMs: number;
  /** How long it may take to end by itself. */
  stopGraceMs: number;
}

const probeIntervalMs = 5_000;
const silentAfterMs = 10_000;
// A process that ends this often before it ever was ready will not do better the next time.
const hopelessAfter = 4;

/** Runs one component: starts it, starts it again with backoff when it ends, and knows whether it does its work. */
export class Supervised {
  readonly component: Component;
  readonly #onChange: () => void;
  readonly #stopping = new AbortController();
  #state: ComponentState;
  #child: Child | undefined;
  #loop: Promise<void> = Promise.resolve();
  #wasReady = false;

  /** `onChange` is called when the state or the pid has changed. */
  constructor(component: Component, onChange: () => void) {
    this.component = component;
    this.#onChange = onChange;
    const since = new Date().toISOString();
    this.#state = { name: component.command.name, state: "STOPPED", restarts: 0, message: "", since };
  }

  get state(): ComponentState {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#child?.running ? this.#child.pid : undefined;
  }

  /** Resolves when it is ready for the first time; rejects with a sentence when that will not happen. */
  async start(): Promise<void> {
    this.#stopping.signal.throwIfAborted();
    const { startLimitMs, command } = this.component;
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        timer = setTimeout(() => {
          const reason = this.#state.message || `See its log ${command.logFile}.`;
          reject(new Error(`${command.name} is not ready after ${startLimitMs / 1000} s. ${reason}`));
        }, startLimitMs);
        this.#loop = this.#run(resolve, reject);
      });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends it for good. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error(`${this.#state.name} was stopped`));
    await this.#child?.stop(this.component.stopGraceMs);
    await this.#loop;
    this.#change({ state: "STOPPED", message: "" });
  }

  /** Ends it at once. */
  kill(): void {
    this.#stopping.abort();
    this.#child?.signal("SIGKILL");
  }

  async #run(onReady: () => void, onHopeless: (reason: Error) => void): Promise<void> {
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      const readySince = await this.#runOnce(onReady).catch((reason: unknown) => this.#cannotStart(reason));
      if (this.#stopping.signal.aborted) return onHopeless(new Error(`${this.#state.name} was stopped`));
      failures = readySince && Date.now() - readySince > healthyAfterMs ? 1 : failures + 1;
      if (!this.#wasReady && failures >= hopelessAfter) {
        this.#change({ state: "FAILED" });
        return onHopeless(new Error(this.#state.message));
      }
      this.#change({ state: "RESTARTING", restarts: this.#state.restarts + 1 });
      await delay(restartDelayMs(failures), undefined, { signal: this.#stopping.signal }).catch(
        () => undefined,
      );
    }
  }

  /** One run of the process. Resolves when it has ended, with the time since which it was ready. */
  async #runOnce(onReady: () => void): Promise<number | undefined> {
    const child = await Child.start(this.component.command);
    this.#child = child;
    if (this.#stopping.signal.aborted) child.signal("SIGTERM");
    this.#change({ state: this.#wasReady ? "RESTARTING" : "STARTING" });
    this.#onChange();
    const watch = new AbortController();
    let readySince: number | undefined;
    const watching = this.#watch(watch.signal, () => {
      readySince ??= Date.now();
      this.#wasReady = true;
      onReady();
    });
    const exit = await child.exited;
    watch.abort();
    await watching;
    if (!this.#stopping.signal.aborted) this.#change({ message: await this.#describe(exit) });
    return readySince;
  }

  #cannotStart(reason: unknown): undefined {
    this.#change({ message: reason instanceof Error ? reason.message : String(reason) });
    return undefined;
  }

  /** Asks the running process again and again whether it does its work: often until it does, then seldom. */
  async #watch(signal: AbortSignal, onReady: () => void): Promise<void> {
    let lastAnswer = Date.now();
    while (!signal.aborted) {
      const complaint = await this.component.ready(2_000).then(
        () => undefined,
        (error: unknown) => error ?? "no reason given",
      );
      if (signal.aborted) return;
      if (complaint === undefined) {
        lastAnswer = Date.now();
        onReady();
        this.#change({ state: "READY", message: "" });
      } else {
        if (Date.now() - lastAnswer > silentAfterMs) this.#complain(complaint);
        // Its end is what the next start waits for.
        if (await this.component.needsRestart?.(complaint)) this.#child?.signal("SIGTERM");
      }
      const pause = this.#state.state === "READY" ? probeIntervalMs : 50;
      await delay(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  #complain(complaint: unknown): void {
    const reason = complaint instanceof Error ? complaint.message : String(complaint);
    this.#change({ state: "STARTING", message: `${this.#state.name} is running but not ready: ${reason}.` });
  }

  async #describe(exit: Exit): Promise<string> {
    const how = exit.signal ? `was ended by ${exit.signal}` : `ended with code ${exit.code}`;
    const { name, logFile } = this.component.command;
    const line = await lastWords(logFile);
    return `${name} ${how}. Its log ${logFile} says: ${line || "nothing"}`;
  }

  #change(change: Partial<Pick<ComponentState, "state" | "restarts" | "message">>): void {
    const next = changeState(this.#state, change, new Date());
    if (next === this.#state) return;
    this.#state = next;
    this.#onChange();
  }
}
