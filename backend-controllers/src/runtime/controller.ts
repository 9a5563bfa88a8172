import { randomUUID } from "node:crypto";
import { TooManyRequestsError } from "@kyma/kube/errors.ts";
import { type ObjectKey, keyText, parseKey } from "@kyma/kube/objects.ts";
import { type Clock, systemClock } from "./clock.ts";
import { TerminalError, isProgrammingError } from "./errors.ts";
import type { Logger } from "./logger.ts";
import type { EngineMetrics, ReconcileOutcome } from "./metrics.ts";
import type { Source } from "./sources.ts";
import { WorkQueue } from "./work-queue.ts";

/** Nothing more to do, or look again after this many milliseconds. */
export type Result = { requeueAfterMs?: number } | void;

export interface ReconcileContext {
  /** Carries controller, object and reconcile id in each line. */
  log: Logger;
  /** Aborts when this process may no longer write. */
  signal: AbortSignal;
}

/**
 * Makes the world fit the object named by `key`. It is told nothing but the key: it reads everything anew, and running it
 * twice is harmless. A throw means another try with backoff; a TerminalError means none until something changes.
 */
export type Reconcile = (key: ObjectKey, context: ReconcileContext) => Promise<Result>;

export interface ControllerDefinition {
  /** Unique, kebab-case; stands in logs and metrics. */
  name: string;
  /** What makes it look; see forEach, owns, watches. */
  sources: Source[];
  reconcile: Reconcile;
  /** Keys worked on at the same time; default 4. */
  workers?: number;
  /** Every key that exists now; they are all looked at again once an hour, as a safety net. */
  allKeys: () => ObjectKey[];
}

export interface ControllerTools {
  log: Logger;
  metrics: EngineMetrics;
  clock?: Clock;
  random?: () => number;
}

export class Controller {
  readonly name: string;
  readonly #definition: ControllerDefinition;
  readonly #workers: number;
  readonly #queue: WorkQueue;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #metrics: EngineMetrics;

  constructor(definition: ControllerDefinition, tools: ControllerTools) {
    this.name = definition.name;
    this.#definition = definition;
    this.#workers = definition.workers ?? 4;
    this.#clock = tools.clock ?? systemClock;
    this.#log = tools.log.child({ controller: definition.name });
    this.#metrics = tools.metrics;
    this.#queue = new WorkQueue({
      clock: this.#clock,
      observer: tools.metrics.queueObserver(definition.name),
      ...(tools.random && { random: tools.random }),
    });
    tools.metrics.addController(definition.name, this.#workers, this.#queue);
    for (const source of definition.sources) source.connect((key) => this.#queue.add(keyText(key)));
  }

  /** Queues every key that exists. */
  enqueueAll(): void {
    for (const key of this.#definition.allKeys()) this.#queue.add(keyText(key));
  }

  /** Works until `signal` aborts and the keys in work are done. What is queued stays queued for the next run. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all(Array.from({ length: this.#workers }, () => this.#work(signal)));
  }

  close(): void {
    this.#queue.close();
  }

  async #work(signal: AbortSignal): Promise<void> {
    for (;;) {
      const key = await this.#queue.take(signal);
      if (key === undefined) return;
      try {
        await this.#process(key, signal);
      } finally {
        this.#queue.done(key);
      }
    }
  }

  async #process(key: string, signal: AbortSignal): Promise<void> {
    const log = this.#log.child({ object: key, reconcileId: randomUUID() });
    const start = this.#clock.now();
    this.#metrics.reconcileStarted(this.name);
    let outcome: ReconcileOutcome = "error";
    let failure: unknown;
    try {
      const result = await this.#definition.reconcile(parseKey(key), { log, signal });
      outcome = this.#settle(key, result);
    } catch (error) {
      failure = error;
      if (signal.aborted) this.#queue.add(key);
      else outcome = this.#fail(key, error, log);
    } finally {
      const seconds = (this.#clock.now() - start) / 1000;
      this.#metrics.reconcileEnded(this.name, outcome, seconds, isProgrammingError(failure));
      log.debug({ outcome, seconds }, "reconciled");
    }
  }

  #settle(key: string, result: Result): ReconcileOutcome {
    this.#queue.forget(key);
    const delay = result?.requeueAfterMs;
    if (delay === undefined) return "success";
    this.#queue.addAfter(key, delay);
    return "requeue_after";
  }

  #fail(key: string, error: unknown, log: Logger): ReconcileOutcome {
    if (error instanceof TerminalError) {
      this.#queue.forget(key);
      log.error({ err: error }, "reconcile failed for good");
      return "terminal_error";
    }
    const retryInMs = this.#queue.retry(key, error instanceof TooManyRequestsError ? error.retryAfterMs : 0);
    const line = { err: error, retryInMs: Math.round(retryInMs) };
    if (isProgrammingError(error)) log.error(line, "reconcile met a programming error");
    else log.warn(line, "reconcile failed");
    return "error";
  }
}
