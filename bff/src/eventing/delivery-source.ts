import { objectPath } from "@kyma/kube/paths.ts";
import type { LiveSource } from "../resources/page-part.ts";
import type { Delivery, DeliveryError } from "@kyma/eventing/delivery-objects.ts";
import { deliveries } from "./delivery-api.ts";
import { polledUpstream, readAnswer, readList, type Polled } from "./polled.ts";
import { Rates } from "./rates.ts";

export interface MeasuredType {
  type: string;
  exists: boolean;
  /** Attempts per second; null: not known yet. */
  rate: number | null;
  delivered: number;
  pending: number;
  inFlight: number;
  redelivered: number;
  oldestPending: string | null;
  waitingDispatchers: number;
}

/** A Delivery with its rates; as DeliveryState in the SDL. */
export interface MeasuredDelivery {
  namespace: string;
  name: string;
  types: MeasuredType[];
  deadLetters: number;
  lastError: DeliveryError | null;
}

/** The delivery of one Subscription; without a value while the dispatcher does not know it. */
export function deliverySource(
  namespace: string,
  name: string,
): LiveSource<Polled<MeasuredDelivery | undefined>, undefined> {
  return {
    key: JSON.stringify(["eventing", "delivery", namespace, name]),
    open({ kube }) {
      const measure = measurer();
      const read = async (signal: AbortSignal): Promise<MeasuredDelivery | undefined> => {
        const path = objectPath(deliveries, { namespace, name });
        const delivery = await readAnswer<Delivery>(kube, path, signal);
        return measure(delivery ? [delivery] : [])[0];
      };
      return polledUpstream(read, { verb: "get", type: deliveries, namespace });
    },
  };
}

/** The deliveries of a namespace, or (undefined) of all. */
export function deliveriesSource(
  namespace: string | undefined,
): LiveSource<Polled<MeasuredDelivery[]>, undefined> {
  return {
    key: JSON.stringify(["eventing", "deliveries", namespace]),
    open({ kube }) {
      const measure = measurer();
      const read = async (signal: AbortSignal): Promise<MeasuredDelivery[]> =>
        measure(await readList<Delivery>(kube, deliveries, namespace, signal));
      return polledUpstream(read, { verb: "list", type: deliveries, namespace });
    },
  };
}

/** Remembers what was measured before, for the rates. */
function measurer(): (found: readonly Delivery[]) => MeasuredDelivery[] {
  const rates = new Rates();
  return (found) => {
    const counts = found.flatMap(({ types }) =>
      types.map(({ consumer, delivered }) => [consumer, delivered] as const),
    );
    rates.note(counts, Date.now());
    return found.map(({ metadata, types, deadLetters, lastError }) => ({
      namespace: metadata.namespace ?? "",
      name: metadata.name,
      types: types.map(({ consumer, ...measured }) => ({ ...measured, rate: rates.of(consumer) })),
      deadLetters,
      lastError,
    }));
  };
}
