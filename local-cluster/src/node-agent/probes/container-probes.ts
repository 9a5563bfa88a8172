import type { Container, Probe } from "../pods/pod.ts";
import { ask } from "./ask.ts";
import { newProbeState, observe, probePeriodMs, type ProbeKind } from "./probe-state.ts";

/** What probes have to tell. */
export interface ProbeListener {
  onStarted(): void;
  onReady(ready: boolean): void;
  /** One failure that counts; `kill` when the threshold of startup or liveness is reached. */
  onUnhealthy(kind: ProbeKind, message: string, kill: boolean): void;
}

/** Runs the probes of one container from its start to its end. Readiness and liveness wait for the startup probe. */
export class ContainerProbes {
  readonly #container: Container;
  readonly #podIp: string;
  readonly #listener: ProbeListener;
  readonly #timers = new Set<NodeJS.Timeout>();
  #stopped = false;

  constructor(container: Container, podIp: string, listener: ProbeListener) {
    this.#container = container;
    this.#podIp = podIp;
    this.#listener = listener;
  }

  /** `startedAt` is when the container's process began; an adopted one may have `started` already. */
  start(startedAt: number, started: boolean): void {
    const { startupProbe } = this.#container;
    if (startupProbe && !started) this.#run("startup", startupProbe, startedAt);
    else this.#startOthers(startedAt);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #startOthers(startedAt: number): void {
    const { readinessProbe, livenessProbe } = this.#container;
    this.#listener.onStarted();
    if (readinessProbe) this.#run("readiness", readinessProbe, startedAt);
    else this.#listener.onReady(true);
    if (livenessProbe) this.#run("liveness", livenessProbe, startedAt);
  }

  #run(kind: ProbeKind, probe: Probe, startedAt: number): void {
    let state = newProbeState(Date.now());
    const again = async (): Promise<void> => {
      const { ok, message } = await ask(probe, this.#container, this.#podIp);
      if (this.#stopped) return;
      const step = observe(kind, probe, state, ok, Date.now());
      state = step.state;
      if (!ok && step.counted)
        this.#listener.onUnhealthy(kind, message, kind !== "readiness" && step.verdict === "failed");
      if (kind === "readiness" && step.verdict) this.#listener.onReady(step.verdict === "passed");
      if (kind === "startup" && step.verdict === "passed") this.#startOthers(startedAt);
      else if (!this.#stopped) this.#later(again, probePeriodMs(kind, probe, state));
    };
    this.#later(again, Math.max(0, startedAt + (probe.initialDelaySeconds ?? 0) * 1000 - Date.now()));
  }

  #later(run: () => Promise<void>, ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void run();
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }
}
