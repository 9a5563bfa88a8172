import { createRequire } from "node:module";
import type * as promClient from "prom-client";

const bucketsMilliseconds = [1, 2.5, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000];

/**
 * Counts calls, failures and durations of the Function in plain numbers, because a metrics library
 * would cost more per call than all else that the server does.
 */
export class CallMetrics {
  #calls = 0;
  #failures = 0;
  #sum = 0;
  readonly #buckets = new Float64Array(bucketsMilliseconds.length + 1);

  countCall(): void {
    this.#calls++;
  }

  countFailure(): void {
    this.#failures++;
  }

  observe(milliseconds: number): void {
    let bucket = 0;
    while (bucket < bucketsMilliseconds.length && milliseconds > (bucketsMilliseconds[bucket] ?? 0)) bucket++;
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.#sum += milliseconds;
  }

  /** The figures in Prometheus' text format. */
  render(): string {
    return [
      ...renderCounter("function_calls_total", "Number of calls of the Function.", this.#calls),
      ...renderCounter(
        "function_failures_total",
        "Number of calls in which the Function failed.",
        this.#failures,
      ),
      ...this.#renderDurations(
        "function_duration_miliseconds",
        "Duration of the Function's calls in milliseconds.",
      ),
      "",
    ].join("\n");
  }

  #renderDurations(name: string, help: string): string[] {
    let count = 0;
    const lines = [...this.#buckets].map((value, index) => {
      count += value;
      return `${name}_bucket{le="${bucketsMilliseconds[index] ?? "+Inf"}"} ${count}`;
    });
    return [
      ...renderHeader(name, help, "histogram"),
      ...lines,
      `${name}_sum ${this.#sum}`,
      `${name}_count ${count}`,
    ];
  }
}

/**
 * Metrics of the process itself, from prom-client. It is loaded with the first scrape: a Function that
 * nobody scrapes does not pay for it.
 */
export async function renderProcessMetrics(): Promise<{ contentType: string; text: string }> {
  processRegistry ??= createProcessRegistry();
  return { contentType: processRegistry.contentType, text: await processRegistry.metrics() };
}

let processRegistry: promClient.Registry | undefined;

function createProcessRegistry(): promClient.Registry {
  const { Registry, collectDefaultMetrics } = createRequire(import.meta.url)(
    "prom-client",
  ) as typeof promClient;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

function renderCounter(name: string, help: string, value: number): string[] {
  return [...renderHeader(name, help, "counter"), `${name} ${value}`];
}

function renderHeader(name: string, help: string, type: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}
