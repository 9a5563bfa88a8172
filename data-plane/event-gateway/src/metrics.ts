import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

interface Child {
  inc: () => void;
}
interface Observer {
  observe: (value: number) => void;
}

const secondsBuckets = [
  0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6,
  0.7, 0.8, 0.9, 1, 1.5, 2, 3, 5,
];
const millisecondsBuckets = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192];
/** Types and sources are what senders say: further ones are counted as "other". */
const mostEventSeries = 1000;

/** Kyma's metrics of its publisher, by their names there. What a label's values belong to is looked up once and kept: a look-up in prom-client costs more than the count. */
export class GatewayMetrics {
  readonly registry = new Registry();
  readonly #registers = [this.registry];
  readonly #requests = new Counter({
    name: "eventing_epp_requests_total",
    help: "Requests by answer",
    labelNames: ["code", "method", "path"],
    registers: this.#registers,
  });
  readonly #durations = new Histogram({
    name: "eventing_epp_requests_duration_seconds",
    help: "Time from the header of a request to its answer, the stream's acknowledgement included",
    labelNames: ["code", "method", "path"],
    buckets: secondsBuckets,
    registers: this.#registers,
  });
  readonly #backend = new Histogram({
    name: "eventing_epp_backend_duration_milliseconds",
    help: "Time until the stream acknowledged the events of a request",
    labelNames: ["code", "destination_service"],
    buckets: millisecondsBuckets,
    registers: this.#registers,
  });
  readonly #events = new Counter({
    name: "eventing_epp_event_type_published_total",
    help: "Events that the stream acknowledged",
    labelNames: ["event_type", "event_source", "code"],
    registers: this.#registers,
  });
  readonly #requestChildren = new Map<string, { counter: Child; duration: Observer }>();
  readonly #backendChildren = new Map<number, Observer>();
  readonly #eventChildren = new Map<string, Map<string, Child>>();
  readonly #destination: string;
  #eventSeries = 0;

  constructor(destination: string, isHealthy: () => boolean) {
    this.#destination = destination;
    this.#addHealth(isHealthy);
    collectDefaultMetrics({ register: this.registry });
  }

  #addHealth(isHealthy: () => boolean): Gauge {
    return new Gauge({
      name: "eventing_epp_health",
      help: "1 when events can be accepted",
      registers: this.#registers,
      collect() {
        this.set(isHealthy() ? 1 : 0);
      },
    });
  }

  /** `path` is the route's, with its parameters as names. */
  countRequest(method: string, path: string, code: number, seconds: number): void {
    const key = `${code} ${method} ${path}`;
    let children = this.#requestChildren.get(key);
    if (!children) {
      const labels = { code: String(code), method, path };
      children = { counter: this.#requests.labels(labels), duration: this.#durations.labels(labels) };
      this.#requestChildren.set(key, children);
    }
    children.counter.inc();
    children.duration.observe(seconds);
  }

  observeBackend(code: number, milliseconds: number): void {
    let child = this.#backendChildren.get(code);
    if (!child) {
      child = this.#backend.labels({ code: String(code), destination_service: this.#destination });
      this.#backendChildren.set(code, child);
    }
    child.observe(milliseconds);
  }

  countEvent(type: string, source: string): void {
    let child = this.#eventChildren.get(source)?.get(type);
    if (!child) {
      const isKnown = this.#eventSeries < mostEventSeries;
      const [event_type, event_source] = isKnown ? [type, source] : ["other", "other"];
      child = this.#events.labels({ event_type, event_source, code: "204" });
      if (isKnown) this.#keep(type, source, child);
    }
    child.inc();
  }

  #keep(type: string, source: string, child: Child): void {
    this.#eventSeries++;
    const ofSource = this.#eventChildren.get(source) ?? new Map<string, Child>();
    this.#eventChildren.set(source, ofSource.set(type, child));
  }
}
