import { eventStream } from "@kyma/eventing/streams.ts";
import type { JetStreamManager } from "@nats-io/jetstream";
import type { EventPlace } from "./stream-life.ts";

/**
 * What the stream has of an event that came before; undefined when it is there no more, or another one has its number. Rejects when NATS does
 * not say.
 */
export async function readAgain(
  { streams }: Pick<JetStreamManager, "streams">,
  { sequence, time }: EventPlace,
): Promise<Uint8Array | undefined> {
  const stored = await streams.getMessage(eventStream, { seq: sequence });
  // One is exact to a millisecond, the other one to less.
  const isSame = stored && Math.abs(Date.parse(stored.timestamp) - time) < 1.5;
  return isSame ? stored.data : undefined;
}
