import type { CloudEvent } from "@kyma/eventing/cloud-event.ts";
import { toStructured } from "@kyma/eventing/cloud-event.ts";
import type { Sink } from "@kyma/eventing/sink.ts";
import { deadLetterSubject } from "@kyma/eventing/streams.ts";
import type { JetStreamClient } from "@nats-io/jetstream";
import { headers as newHeaders, type MsgHdrs } from "@nats-io/transport-node";
import type { DeadReason } from "./outcome.ts";
import { printable } from "./sink-answer.ts";
import type { SinkClient } from "./sink-client.ts";
import type { LoadedEvent } from "./stored-event.ts";
import type { EventPlace } from "./stream-life.ts";
import type { WantedDelivery } from "./subscriptions.ts";

/** Why an event is put aside. */
export interface DeadLetter {
  reason: DeadReason;
  attempts: number;
  /** HTTP status of the last answer; 0 for none. */
  status: number;
  /** The last answer, or a sentence. */
  answer: string;
  /** URL of the sink. */
  sink: string;
}

const storedWithinMs = 5_000;

/** Puts events aside that cannot be delivered: in the Subscription's dead-letter sink, or else in the dead-letter stream. */
export class DeadLetters {
  readonly #jetstream: JetStreamClient;
  readonly #sinks: SinkClient;

  constructor(jetstream: JetStreamClient, sinks: SinkClient) {
    this.#jetstream = jetstream;
    this.#sinks = sinks;
  }

  /** Undefined when the event is safe elsewhere; otherwise why it is not, as a sentence. Never rejects. */
  async put(
    wanted: WantedDelivery,
    { held, event }: { held: LoadedEvent; event: CloudEvent | undefined },
    letter: DeadLetter,
  ): Promise<string | undefined> {
    const { deadLetterSink } = wanted;
    if (deadLetterSink && event && (await this.#send(deadLetterSink, wanted, event, letter)))
      return undefined;
    const body = event ? toStructured(event) : held.data;
    try {
      await this.#jetstream.publish(deadLetterSubject(wanted.subscription), body, {
        msgID: deadLetterId(wanted, held),
        headers: deadLetterHeaders(wanted, letter, new Date()),
        timeout: storedWithinMs,
      });
      return undefined;
    } catch (error) {
      return `the dead-letter stream did not take it: ${(error as Error).message}`;
    }
  }

  async #send(sink: Sink, wanted: WantedDelivery, event: CloudEvent, letter: DeadLetter): Promise<boolean> {
    const { timeoutMs } = wanted.config;
    const { status } = await this.#sinks.send(sink, withReason(event, letter), { timeoutMs });
    return status >= 200 && status < 300;
  }
}

/** By what the dead-letter stream knows an event again. A stream that was made anew gives the same number to another one. Pure. */
export function deadLetterId(
  { consumer }: Pick<WantedDelivery, "consumer">,
  { sequence, time }: EventPlace,
): string {
  return `${consumer}:${sequence}:${time}`;
}

/** The event as the dead-letter sink gets it. Pure. */
export function withReason(event: CloudEvent, { reason, attempts, sink }: DeadLetter): CloudEvent {
  return { ...event, deadletterreason: reason, deadletterattempts: String(attempts), deadlettersink: sink };
}

/** Pure. */
export function deadLetterHeaders(wanted: WantedDelivery, letter: DeadLetter, now: Date): MsgHdrs {
  const headers = newHeaders();
  headers.set("Content-Type", "application/cloudevents+json");
  headers.set("Kyma-Reason", letter.reason);
  headers.set("Kyma-Attempts", String(letter.attempts));
  headers.set("Kyma-Status", String(letter.status));
  headers.set("Kyma-Answer", printable(letter.answer));
  headers.set("Kyma-Sink", letter.sink);
  headers.set("Kyma-Time", now.toISOString());
  headers.set("Kyma-Consumer", wanted.consumer);
  return headers;
}
