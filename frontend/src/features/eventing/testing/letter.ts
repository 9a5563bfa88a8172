import type { DeadLetter } from "../eventing-api.ts";

/** A dead letter of that number. */
export function letter(number: number, others: Partial<DeadLetter> = {}): DeadLetter {
  return {
    namespace: "shop",
    name: String(number),
    subscription: "orders",
    time: "2026-11-27T12:00:00Z",
    reason: "refused",
    attempts: 1,
    status: 400,
    answer: "",
    sink: "http://orders",
    event: null,
    ...others,
  };
}
