import type { LiveSource } from "../resources/page-part.ts";
import type { NatsServerState, ObservedEvent, Stream } from "@kyma/eventing/delivery-objects.ts";
import { observedEvents, streams, type StreamList } from "./delivery-api.ts";
import { polledUpstream, readList, readPages, type Polled } from "./polled.ts";
import { Rates } from "./rates.ts";

/** As EventStream in the SDL. */
type EventStream = Omit<Stream, "apiVersion" | "kind" | "metadata"> & { name: string };

export interface Storage {
  streams: EventStream[];
  /** As EventServer in the SDL. */
  server: NatsServerState | null;
}

/** What the streams hold, and the server behind them. */
export const storageSource: LiveSource<Polled<Storage>, undefined> = {
  key: JSON.stringify(["eventing", "streams"]),
  open({ kube }) {
    const read = async (signal: AbortSignal): Promise<Storage> => {
      const storage: Storage = { streams: [], server: null };
      for await (const page of readPages<StreamList>(kube, streams, undefined, signal)) {
        storage.streams.push(...page.items.map(toStream));
        storage.server = page.server ?? null;
      }
      return storage;
    };
    return polledUpstream(read, { verb: "list", type: streams });
  },
};

/** A type that was seen lately, with its rate; as ObservedType in the SDL. */
export interface MeasuredType {
  /** Under which its events are published; each stands once. */
  subject: string;
  type: string;
  source: string;
  count: number;
  rate: number | null;
  lastTime: string;
}

/** Types of the events that were accepted lately. */
export const observedSource: LiveSource<Polled<MeasuredType[]>, undefined> = {
  key: JSON.stringify(["eventing", "observed"]),
  open({ kube }) {
    const rates = new Rates();
    const read = async (signal: AbortSignal): Promise<MeasuredType[]> => {
      const items = await readList<ObservedEvent>(kube, observedEvents, undefined, signal);
      rates.note(
        items.map(({ subject, count }) => [subject, count] as const),
        Date.now(),
      );
      return items.map((item) => ({
        subject: item.subject,
        type: item.type,
        source: item.source,
        count: item.count,
        rate: rates.of(item.subject),
        lastTime: item.lastTime,
      }));
    };
    return polledUpstream(read, { verb: "list", type: observedEvents });
  },
};

function toStream({ metadata, ...stream }: Stream): EventStream {
  const { messages, bytes, maxBytes, maxMessagesPerSubject, consumers, firstTime, lastTime } = stream;
  return {
    name: metadata.name,
    messages,
    bytes,
    maxBytes,
    maxMessagesPerSubject,
    consumers,
    firstTime,
    lastTime,
  };
}
