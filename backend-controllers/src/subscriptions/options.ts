import type { NatsAccess } from "@kyma/eventing/nats.ts";
import { defaultStreamLimits, type StreamLimits } from "@kyma/eventing/streams.ts";

/** What an installation decides about Subscriptions. */
export interface SubscriptionOptions {
  /** Absent: no Subscription is ready. */
  nats?: NatsAccess;
  limits: StreamLimits;
  /** How long NATS may be out of reach before Subscriptions are said not to be ready, ms. */
  graceMs: number;
  /** How often all consumers are listed, ms. */
  listEveryMs: number;
}

export const defaultSubscriptionOptions: SubscriptionOptions = {
  limits: defaultStreamLimits,
  graceMs: 10_000,
  listEveryMs: 30_000,
};

/** Reads the file of --nats-access; throws a sentence that says what is wrong with it. */
export function parseNatsAccess(text: string): NatsAccess {
  const given = parse(text);
  const read = (field: "url" | "user" | "password"): string => {
    const value = given[field];
    if (typeof value === "string" && value !== "") return value;
    throw new Error(`--nats-access: the file must be JSON with url, user and password; ${field} is missing`);
  };
  return { url: read("url"), user: read("user"), password: read("password") };
}

const mebi = 1024 ** 2;
const dayMs = 24 * 3_600_000;

/** The options of the command line by which streams are sized, with their defaults; named as the fields of Kyma's Eventing resource. */
export const streamOptions = {
  "nats-stream-replicas": { type: "string", default: String(defaultStreamLimits.replicas) },
  "nats-stream-max-size": { type: "string", default: `${defaultStreamLimits.maxBytes / mebi}Mi` },
  "nats-max-msgs-per-topic": { type: "string", default: String(defaultStreamLimits.maxMessagesPerSubject) },
  "dead-letters-max-size": { type: "string", default: `${defaultStreamLimits.deadLetterMaxBytes / mebi}Mi` },
  "dead-letters-max-days": {
    type: "string",
    default: String(defaultStreamLimits.deadLetterMaxAgeMs / dayMs),
  },
} as const;

/** Throws a sentence that names the option that is wrong. */
export function readStreamLimits(values: Record<keyof typeof streamOptions, string>): StreamLimits {
  const count = (option: keyof typeof streamOptions, most: number): number => {
    const number = /^\d{1,15}$/.test(values[option]) ? Number(values[option]) : 0;
    if (number >= 1 && number <= most) return number;
    throw new Error(`--${option} "${values[option]}" is wrong: give a number from 1 to ${most}`);
  };
  const replicas = count("nats-stream-replicas", 5);
  if (replicas % 2 === 0)
    throw new Error(`--nats-stream-replicas "${replicas}" is wrong: a majority needs an odd number`);
  return {
    replicas,
    maxBytes: bytes("nats-stream-max-size", values),
    maxMessagesPerSubject: count("nats-max-msgs-per-topic", 1e12),
    deadLetterMaxBytes: bytes("dead-letters-max-size", values),
    deadLetterMaxAgeMs: count("dead-letters-max-days", 3650) * dayMs,
  };
}

const powers: Record<string, number> = { "": 0, Ki: 1, Mi: 2, Gi: 3, Ti: 4 };

function bytes<Option extends string>(option: Option, values: Record<Option, string>): number {
  const [, number = "", unit = ""] = /^(\d{1,12})(Ki|Mi|Gi|Ti)?$/.exec(values[option]) ?? [];
  const size = Number(number) * 1024 ** (powers[unit] ?? 0);
  if (size >= mebi && Number.isSafeInteger(size)) return size;
  throw new Error(`--${option} "${values[option]}" is wrong: give at least 1Mi, as in 700Mi or 20Gi`);
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below; the file holds a password, so nothing of it is quoted.
  }
  throw new Error("--nats-access: the file must be JSON with url, user and password");
}
