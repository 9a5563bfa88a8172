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

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below; the file holds a password, so nothing of it is quoted.
  }
  throw new Error("--nats-access: the file must be JSON with url, user and password");
}
