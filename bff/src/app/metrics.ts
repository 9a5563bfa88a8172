import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { OperationListener } from "../graphql/yoga.ts";

/** What is counted at the moment when somebody asks. */
export interface Counted {
  sockets: { count: number; bufferedBytes: number };
  sessions: { count: number };
  liveSets: { count: number };
}

/** The BFF's figures; none of them names a person, an object or a path. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #operations = new Counter({
    name: "kyma_bff_operations_total",
    help: "GraphQL operations that were executed",
    labelNames: ["kind", "result"],
    registers: [this.#registry],
  });
  readonly #seconds = new Histogram({
    name: "kyma_bff_operation_seconds",
    help: "Time to answer a GraphQL operation",
    labelNames: ["kind"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.#registry],
  });

  readonly onOperation: OperationListener = (kind, failed, seconds) => {
    this.#operations.inc({ kind, result: failed ? "failed" : "ok" });
    this.#seconds.observe({ kind }, seconds);
  };

  /** Adds figures that are read when they are asked for. */
  watch({ sockets, sessions, liveSets }: Counted): void {
    collectDefaultMetrics({ register: this.#registry });
    this.#gauge("kyma_bff_sockets", "Open GraphQL WebSockets", () => sockets.count);
    this.#gauge(
      "kyma_bff_socket_buffered_bytes",
      "Bytes that wait for browsers that do not take them",
      () => sockets.bufferedBytes,
    );
    this.#gauge("kyma_bff_sessions", "Signed-in sessions", () => sessions.count);
    this.#gauge("kyma_bff_upstream_watches", "Open watches at the API server", () => liveSets.count);
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  #gauge(name: string, help: string, read: () => number): void {
    const collect = function collect(this: Gauge): void {
      this.set(read());
    };
    this.#registry.registerMetric(new Gauge({ name, help, registers: [], collect }));
  }
}
