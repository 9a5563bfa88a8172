/** How events of one Subscription are delivered, read from its `spec.config` (all values are text there). */
export interface DeliveryConfig {
  /** Events that a sink may be working on at the same time. */
  maxInFlight: number;
  /** Further attempts after the first one failed. */
  retryCount: number;
  /** Pause before the first retry, ms; each further one is twice as long. */
  retryBackoffMs: number;
  /** Longest pause, ms. */
  retryMaxBackoffMs: number;
  /** How long a sink may take to answer, ms. */
  timeoutMs: number;
  /** Where events go that could not be delivered; undefined: they are kept in the dead-letter stream. */
  deadLetterSink: string | undefined;
  /** Attribute whose equal values are delivered one after another, in the order in which they were published. */
  orderingKey: string | undefined;
  deliverFrom: DeliverFrom;
}

/** Which events a new Subscription begins with: those published from now on, all that the stream still holds, or those since a time. */
export type DeliverFrom = { policy: "new" } | { policy: "all" } | { policy: "time"; since: string };

export const defaultDeliveryConfig: DeliveryConfig = {
  maxInFlight: 10,
  retryCount: 15,
  retryBackoffMs: 1000,
  retryMaxBackoffMs: 300_000,
  timeoutMs: 30_000,
  deadLetterSink: undefined,
  orderingKey: undefined,
  deliverFrom: { policy: "new" },
};

/** Keys that the EventMesh backend takes; NATS has nothing to do with them. */
const foreignKeys = new Set([
  "protocol",
  "contentMode",
  "exemptHandshake",
  "qos",
  "type",
  "grantType",
  "clientId",
  "clientSecret",
  "tokenUrl",
  "scope",
]);

type Reader = (text: string, config: DeliveryConfig) => string | undefined;

const readers: Record<string, Reader> = {
  maxInFlightMessages: (text, config) => integer(text, 1, 10_000, (value) => (config.maxInFlight = value)),
  retryCount: (text, config) => integer(text, 0, 1000, (value) => (config.retryCount = value)),
  retryBackoff: (text, config) => duration(text, (value) => (config.retryBackoffMs = value)),
  retryMaxBackoff: (text, config) => duration(text, (value) => (config.retryMaxBackoffMs = value)),
  timeout: (text, config) => duration(text, (value) => (config.timeoutMs = value)),
  deadLetterSink: (text, config) => {
    if (text !== "") config.deadLetterSink = text;
    return undefined;
  },
  orderingKey: (text, config) => {
    if (!/^[a-z0-9]{1,64}$/.test(text)) return "must be the name of an event's attribute, such as subject";
    config.orderingKey = text;
    return undefined;
  },
  deliverFrom: (text, config) => {
    if (text === "new" || text === "all") config.deliverFrom = { policy: text };
    else if (isTime(text)) config.deliverFrom = { policy: "time", since: new Date(text).toISOString() };
    else return "must be new, all or an RFC 3339 time such as 2026-01-31T12:00:00Z";
    return undefined;
  },
};

/** Something in the spec of a Subscription that cannot be taken. */
export interface FieldProblem {
  /** Path below `spec`, such as `types[1]` or `config.timeout`. */
  field: string;
  /** A sentence without full stop that names the field and says what to do. */
  message: string;
}

/** Reads `spec.config`; `problems` has one for each value that cannot be taken. Pure. */
export function readDeliveryConfig(config: Record<string, string> | undefined): {
  config: DeliveryConfig;
  problems: FieldProblem[];
} {
  const result = { ...defaultDeliveryConfig };
  const problems: FieldProblem[] = [];
  for (const [key, text] of Object.entries(config ?? {})) {
    if (foreignKeys.has(key)) continue;
    const read = Object.hasOwn(readers, key) ? readers[key] : undefined;
    const names = Object.keys(readers).join(", ");
    const problem = read ? read(text.trim(), result) : `is not known; there are: ${names}`;
    const field = `config.${key}`;
    if (problem) problems.push({ field, message: `${field} ${problem}` });
  }
  return { config: result, problems };
}

/** Pause before attempt number `attempt` (2: the first retry), ms. `random` is from 0 to 1. Pure. */
export function retryDelayMs(config: DeliveryConfig, attempt: number, random: number): number {
  const grown = config.retryBackoffMs * 2 ** Math.min(attempt - 2, 30);
  return Math.round(Math.min(grown, config.retryMaxBackoffMs) * (0.9 + random * 0.2));
}

function integer(
  text: string,
  least: number,
  most: number,
  take: (value: number) => void,
): string | undefined {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    return `must be a whole number from ${least} to ${most}`;
  take(value);
  return undefined;
}

const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function duration(text: string, take: (milliseconds: number) => void): string | undefined {
  const [, amount, unit = ""] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? [];
  const value = Number(amount) * (units[unit] ?? NaN);
  if (!(value >= 1 && value <= 24 * 3_600_000))
    return "must be a duration from 1ms to 24h, such as 30s or 5m";
  take(value);
  return undefined;
}

function isTime(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(text) &&
    !Number.isNaN(Date.parse(text))
  );
}
