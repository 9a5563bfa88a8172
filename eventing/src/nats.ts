import { connect, type NatsConnection } from "@nats-io/transport-node";
import { setTimeout as delay } from "node:timers/promises";

/** How to reach NATS as one user. */
export interface NatsAccess {
  /** nats://host:port; several are separated by commas. */
  url: string;
  user: string;
  password: string;
}

/** Reads NATS_URL, NATS_USER and NATS_PASSWORD; throws a sentence that names what is missing. */
export function natsAccessFrom(env: NodeJS.ProcessEnv): NatsAccess {
  const read = (name: string): string => {
    const value = env[name];
    if (!value) throw new Error(`the environment variable ${name} is missing`);
    return value;
  };
  return { url: read("NATS_URL"), user: read("NATS_USER"), password: read("NATS_PASSWORD") };
}

export interface ConnectOptions {
  /** Ends the wait for the first connection. */
  signal?: AbortSignal;
  /** Told why a first connection did not come about; it is tried again. */
  onFailure?: (reason: unknown) => void;
}

const firstWaitMs = 500;

/**
 * Connects, and keeps reconnecting for ever: a server that is away at the start or later only makes requests fail meanwhile.
 * `name` stands in the server's list of connections. Rejects only when the signal aborts.
 */
export async function connectNats(
  access: NatsAccess,
  name: string,
  { signal, onFailure }: ConnectOptions = {},
): Promise<NatsConnection> {
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await connect({
        servers: access.url.split(",").map((one) => one.trim()),
        user: access.user,
        pass: access.password,
        name,
        inboxPrefix: `_INBOX.${access.user}`,
        maxReconnectAttempts: -1,
        reconnectTimeWait: firstWaitMs,
        reconnectJitter: 200,
        pingInterval: 10_000,
        maxPingOut: 2,
        ignoreAuthErrorAbort: true,
        // A stack per request costs more than the request.
        noAsyncTraces: true,
      });
    } catch (reason) {
      onFailure?.(reason);
      await delay(firstWaitMs, undefined, signal ? { signal } : {});
    }
  }
}
