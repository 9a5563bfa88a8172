import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { WorkQueue, WorkQueueObserver } from "./work-queue.ts";

/** How one reconcile ended, with the label values that controller-runtime uses. */
export type ReconcileOutcome = "success" | "requeue_after" | "error" | "terminal_error";

const reconcileBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const queueBuckets = [1e-4, 1e-3, 1e-2, 0.1, 1, 10, 60, 300];

/** The engine's metrics under controller-runtime's names, so that dashboards made for it work here. */
export class EngineMetrics {
  readonly #reconcile: ReturnType<typeof reconcileMetrics>;
  readonly #queue: ReturnType<typeof queueMetrics>;
  readonly #queues = new Map<string, WorkQueue>();

  constructor(registry: Registry) {
    this.#reconcile = reconcileMetrics([registry]);
    this.#queue = queueMetrics([registry]);
    this.#observeQueues([registry]);
  }

  /** Announces a controller, so that its series exist from the start. */
  addController(controller: string, workers: number, queue: WorkQueue): void {
    this.#queues.set(controller, queue);
    this.#reconcile.maxWorkers.set({ controller }, workers);
    this.#reconcile.activeWorkers.set({ controller }, 0);
    this.#reconcile.errors.inc({ controller }, 0);
    this.#reconcile.terminalErrors.inc({ controller }, 0);
    this.#reconcile.panics.inc({ controller }, 0);
    for (const result of ["success", "requeue_after", "error"])
      this.#reconcile.reconciles.inc({ controller, result }, 0);
  }

  /** The observer to hand to the queue of the controller called `name`. */
  queueObserver(name: string): WorkQueueObserver {
    return {
      added: () => this.#queue.adds.inc({ name }),
      retried: () => this.#queue.retries.inc({ name }),
      taken: (seconds) => this.#queue.waited.observe({ name }, seconds),
      finished: (seconds) => this.#queue.worked.observe({ name }, seconds),
    };
  }

  reconcileStarted(controller: string): void {
    this.#reconcile.activeWorkers.inc({ controller });
  }

  reconcileEnded(controller: string, outcome: ReconcileOutcome, seconds: number, panicked: boolean): void {
    this.#reconcile.activeWorkers.dec({ controller });
    this.#reconcile.duration.observe({ controller }, seconds);
    this.#reconcile.reconciles.inc({ controller, result: outcome === "terminal_error" ? "error" : outcome });
    if (outcome === "error" || outcome === "terminal_error") this.#reconcile.errors.inc({ controller });
    if (outcome === "terminal_error") this.#reconcile.terminalErrors.inc({ controller });
    if (panicked) this.#reconcile.panics.inc({ controller });
  }

  leading(name: string, leads: boolean): void {
    this.#reconcile.leader.set({ name }, leads ? 1 : 0);
  }

  #observeQueues(registers: Registry[]): void {
    const queues = this.#queues;
    const perQueue = (name: string, help: string, value: (queue: WorkQueue) => number) =>
      new Gauge({
        name,
        help,
        labelNames: ["name"] as const,
        registers,
        collect() {
          for (const [queueName, queue] of queues) this.set({ name: queueName }, value(queue));
        },
      });
    perQueue("workqueue_depth", "Keys ready to be taken", (queue) => queue.depth);
    perQueue("workqueue_unfinished_work_seconds", "Sum of the time spent on keys in work", (queue) =>
      queue.activeSeconds().reduce((sum, seconds) => sum + seconds, 0),
    );
    perQueue("workqueue_longest_running_processor_seconds", "Longest time on a key in work", (queue) =>
      Math.max(0, ...queue.activeSeconds()),
    );
  }
}

function reconcileMetrics(registers: Registry[]) {
  const counter = (name: string, help: string) =>
    new Counter({ name, help, labelNames: ["controller"], registers });
  const gauge = (name: string, help: string, label: string) =>
    new Gauge({ name, help, labelNames: [label], registers });
  return {
    reconciles: new Counter({
      name: "controller_runtime_reconcile_total",
      help: "Reconciles by result",
      labelNames: ["controller", "result"],
      registers,
    }),
    errors: counter("controller_runtime_reconcile_errors_total", "Reconciles that failed"),
    terminalErrors: counter(
      "controller_runtime_terminal_reconcile_errors_total",
      "Reconciles that failed for good",
    ),
    panics: counter("controller_runtime_reconcile_panics_total", "Programming errors met"),
    maxWorkers: gauge("controller_runtime_max_concurrent_reconciles", "Workers configured", "controller"),
    activeWorkers: gauge("controller_runtime_active_workers", "Workers busy", "controller"),
    leader: gauge("leader_election_master_status", "1 while this process leads", "name"),
    duration: new Histogram({
      name: "controller_runtime_reconcile_time_seconds",
      help: "Duration of a reconcile",
      buckets: reconcileBuckets,
      labelNames: ["controller"],
      registers,
    }),
  };
}

function queueMetrics(registers: Registry[]) {
  const counter = (name: string, help: string) =>
    new Counter({ name, help, labelNames: ["name"], registers });
  const histogram = (name: string, help: string) =>
    new Histogram({ name, help, buckets: queueBuckets, labelNames: ["name"], registers });
  return {
    adds: counter("workqueue_adds_total", "Keys added"),
    retries: counter("workqueue_retries_total", "Keys put back after a failure"),
    waited: histogram("workqueue_queue_duration_seconds", "Wait in the queue"),
    worked: histogram("workqueue_work_duration_seconds", "Work on a key"),
  };
}
