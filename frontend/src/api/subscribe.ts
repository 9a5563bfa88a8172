import type { Client } from "graphql-ws";
import { createClient } from "graphql-ws";
import { setConnectionState, currentConnection } from "./connection.ts";
import type { GraphQLErrorShape } from "./errors.ts";
import { RequestError, toRequestError, UnauthenticatedError } from "./errors.ts";
import type { TypedDocumentString } from "./generated/graphql.ts";

const longestWaitMs = 5000;
/** A cut line must show within 3 s, so a ping goes out often and its answer is due soon. */
const pingEveryMs = 1500;
const pongWithinMs = 1200;

/** Waits before the n-th attempt to reconnect: doubling with full jitter, so that tabs do not come back in step. */
export function retryDelay(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(longestWaitMs, 250 * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling * (0.5 + random() / 2));
}

let client: Client | undefined;
let onLost: () => void = () => {};

/** Called whenever the socket is lost: the moment to ask whether the session still stands. */
export function onConnectionLost(listener: () => void): void {
  onLost = listener;
}

function socketUrl(): string {
  return `${location.origin.replace(/^http/, "ws")}/graphql`;
}

function connect(): Client {
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  let socket: WebSocket | undefined;
  return createClient({
    url: socketUrl(),
    lazy: true,
    lazyCloseTimeout: 5000,
    keepAlive: pingEveryMs,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: (attempt) => new Promise((resolve) => setTimeout(resolve, retryDelay(attempt))),
    on: {
      connecting: () => setConnectionState(currentConnection().epoch === 0 ? "connecting" : "reconnecting"),
      opened: (opened) => {
        socket = opened as WebSocket;
      },
      connected: () => setConnectionState("connected"),
      ping: (received) => {
        if (received) return;
        pongTimer = setTimeout(() => socket?.close(4408, "No answer to a ping"), pongWithinMs);
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
      closed: (event) => {
        clearTimeout(pongTimer);
        if ((event as CloseEvent).code === 1000) setConnectionState("idle");
        else {
          setConnectionState("reconnecting");
          onLost();
        }
      },
    },
  });
}

/**
 * Opens a subscription on the tab's one socket. A lost socket comes back by itself and subscribes anew, so the server's first message
 * (a snapshot) may come again at any time. Ends when `signal` aborts.
 * @throws {RequestError} when the server ends the subscription with an error
 */
export async function* subscribe<Data, Variables extends object>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  signal: AbortSignal,
): AsyncGenerator<Data> {
  client ??= connect();
  const iterator = client.iterate<Data>({
    query: document.toString(),
    variables: variables as Record<string, unknown>,
  });
  const stop = () => void iterator.return?.();
  signal.addEventListener("abort", stop, { once: true });
  try {
    if (signal.aborted) return;
    for await (const result of iterator) {
      if (result.errors && result.errors.length > 0) throw toRequestError(result.errors);
      if (result.data) yield result.data;
    }
  } catch (error) {
    throw toStreamError(error);
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
  }
}

/** graphql-ws throws arrays of GraphQL errors, close events, or Errors. */
function toStreamError(error: unknown): Error {
  if (error instanceof RequestError) return error;
  if (Array.isArray(error)) return toRequestError(error as GraphQLErrorShape[]);
  if (typeof error === "object" && error !== null && "code" in error && "reason" in error) {
    const { code, reason } = error as { code: number; reason: string };
    if (code === 4401 || code === 4403)
      return new UnauthenticatedError("You are not signed in.", "UNAUTHENTICATED");
    return new RequestError(`The live connection was refused (${code} ${reason}).`, "UNAVAILABLE");
  }
  return error instanceof Error ? error : new RequestError(String(error), "INTERNAL");
}
