import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { RouteLabels } from "./proxy/exchange.ts";

type Child = { inc(): void };
type Observer = { observe(seconds: number): void };

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 180];

/** Counts requests per route and tells how current the configuration is. */
export class GatewayMetrics {
  readonly registry = new Registry();
  readonly #requests: Counter<"virtual_service" | "route" | "code">;
  readonly #durations: Histogram<"virtual_service">;
  readonly #children = new Map<string, Child>();
  readonly #observers = new Map<string, Observer>();

  constructor(configAgeSeconds: () => number, problems: () => number) {
    const registers = [this.registry];
    this.#requests = new Counter({
      name: "kyma_gateway_requests_total",
      help: "Requests by VirtualService, place of the http route in it, and answer",
      labelNames: ["virtual_service", "route", "code"],
      registers,
    });
    this.#durations = new Histogram({
      name: "kyma_gateway_request_duration_seconds",
      help: "Time from the header of a request to the end of its answer",
      labelNames: ["virtual_service"],
      buckets,
      registers,
    });
    this.#gauge(
      "kyma_gateway_config_age_seconds",
      "Time since the configuration was last known to be current",
      configAgeSeconds,
    );
    this.#gauge(
      "kyma_gateway_config_problems",
      "Parts of objects that are not supported and fail closed",
      problems,
    );
    collectDefaultMetrics({ register: this.registry });
  }

  #gauge(name: string, help: string, read: () => number): Gauge {
    return new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }

  count({ virtualService, route }: RouteLabels, status: number, startedMs: number): void {
    const key = `${virtualService}|${route}|${status}`;
    let child = this.#children.get(key);
    if (!child) {
      child = this.#requests.labels(virtualService, route, String(status));
      this.#children.set(key, child);
    }
    child.inc();
    let observer = this.#observers.get(virtualService);
    if (!observer) {
      observer = this.#durations.labels(virtualService);
      this.#observers.set(virtualService, observer);
    }
    observer.observe((performance.now() - startedMs) / 1000);
  }

  /** Forgets VirtualServices that are gone, so that series do not pile up. */
  keepOnly(virtualServices: ReadonlySet<string>): void {
    for (const key of this.#children.keys()) {
      const [virtual_service = "", route = "", code = ""] = key.split("|");
      if (virtual_service === "" || virtualServices.has(virtual_service)) continue;
      this.#requests.remove({ virtual_service, route, code });
      this.#children.delete(key);
      if (this.#observers.delete(virtual_service)) this.#durations.remove({ virtual_service });
    }
  }
}
