import { nanos, type Msg, type NatsConnection } from "@nats-io/transport-node";
import type { EventPlace } from "./stream-life.ts";

/** A message of a stream as a consumer gave it out. It must be answered, or is given out again after the consumer's wait. */
export interface StreamMessage extends EventPlace, Answers {
  data: Uint8Array;
  /** How often it was given out; 1 is the first time. */
  deliveries: number;
}

/** What is said to NATS about a message. It keeps nothing of the message itself. */
export interface Answers {
  /** It is done with. */
  ack(): void;
  /** It shall come again, after `delayMs`. */
  nak(delayMs?: number): void;
  /** It is worked on: the wait begins anew. */
  working(): void;
}

/** `message` as it came; throws when it is not one of a stream. */
export function streamMessage(message: Msg, nats: Pick<NatsConnection, "publish">): StreamMessage {
  const { data, reply = "" } = message;
  const answer = (text: string): void => nats.publish(reply, text);
  return {
    ...readReply(reply),
    data,
    ack: () => answer("+ACK"),
    nak: (delayMs) => answer(delayMs ? `-NAK {"delay":${nanos(delayMs)}}` : "-NAK"),
    working: () => answer("+WPI"),
  };
}

/**
 * Reads `$JS.ACK.<stream>.<consumer>.<deliveries>.<sequence>.<consumer's sequence>.<time>.<pending>`; newer servers have a domain and an
 * account before the stream. Pure.
 */
export function readReply(reply: string): EventPlace & { deliveries: number } {
  const tokens = reply.split(".");
  const first = tokens.length === 9 ? 4 : 6;
  const deliveries = Number(tokens[first]);
  const sequence = Number(tokens[first + 1]);
  const time = Number(tokens[first + 3]) / 1e6;
  if (!reply.startsWith("$JS.ACK.") || !(deliveries > 0) || !(sequence > 0) || !(time > 0))
    throw new Error(`"${reply}" is not what a stream asks an answer to`);
  return { sequence, deliveries, time };
}
