import { deadLetterSubject } from "@kyma/eventing/streams.ts";
import type { MsgHdrs } from "@nats-io/transport-node";
import type { CloudEvent } from "@kyma/eventing/cloud-event.ts";
import { createHash } from "node:crypto";
import { type DeadLetter, deliveryVersion } from "@kyma/eventing/delivery-objects.ts";
import { withMember } from "./representation.ts";
import type { Selection } from "./resource.ts";
import { secondsOnly } from "./kube-time.ts";
import { subscriptionOf } from "./subscription-subject.ts";

/** A message of the dead-letter stream. */
export interface StoredLetter {
  seq: number;
  subject: string;
  /** When the stream took it, RFC 3339. */
  timestamp: string;
  header: MsgHdrs;
  data: Uint8Array;
}

/** Headers of a dead letter; the dispatcher writes them, a replay in vain changes some. */
export const letterHeaders = {
  reason: "Kyma-Reason",
  attempts: "Kyma-Attempts",
  status: "Kyma-Status",
  answer: "Kyma-Answer",
  sink: "Kyma-Sink",
  time: "Kyma-Time",
  consumer: "Kyma-Consumer",
  lastReplay: "Kyma-Last-Replay",
  /** Sequence of the message whose place it took after a replay in vain. */
  replaces: "Kyma-Replaces",
} as const;

export const letterSubjects = "deadletter.";

/** Which dead letters belong to a selection. Pure. */
export function letterFilter({ namespace, subscription }: Omit<Selection, "name">): string {
  if (namespace === undefined) return `${letterSubjects}>`;
  return subscription === undefined
    ? `${letterSubjects}${namespace}.>`
    : deadLetterSubject({ namespace, name: subscription });
}

/** The sequence that a name stands for; undefined for a name that no dead letter has. Pure. */
export function sequenceOf(name: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(name) ? Number(name) : undefined;
}

/** How long after a replay in vain the letter that it replaced may still be there because its process is about to remove it, ms. */
const replacedWithinMs = 60_000;

/**
 * Letters that were replaced by others: `hidden` are those not to be shown, `left` those that a process which ended did not remove. `now` in
 * ms since 1970. Pure.
 */
export function replacedLetters(
  letters: readonly Pick<StoredLetter, "header">[],
  now: number,
): { hidden: Set<number>; left: number[] } {
  const hidden = new Set<number>();
  const left: number[] = [];
  for (const { header } of letters) {
    const seq = sequenceOf(header.last(letterHeaders.replaces));
    if (seq === undefined) continue;
    hidden.add(seq);
    if (now - Date.parse(header.last(letterHeaders.lastReplay)) > replacedWithinMs) left.push(seq);
  }
  return { hidden, left };
}

const eventText = Symbol("the event as it is stored");

/** A dead letter that knows how its event was written, so that numbers keep all digits. */
type ReadLetter = DeadLetter & { [eventText]?: string };

/** A message as a DeadLetter; undefined for one under a foreign subject. Pure. */
export function toDeadLetter(letter: StoredLetter): DeadLetter | undefined {
  const key = subscriptionOf(letter.subject, letterSubjects);
  if (!key) return undefined;
  const header = (name: keyof typeof letterHeaders): string => letter.header.last(letterHeaders[name]);
  const text = Buffer.from(letter.data).toString("utf8");
  const event = parseEvent(text);
  const died = header("time") || letter.timestamp;
  const read: ReadLetter = {
    kind: "DeadLetter",
    apiVersion: deliveryVersion,
    metadata: {
      name: String(letter.seq),
      namespace: key.namespace,
      uid: uidOf(letter),
      resourceVersion: String(letter.seq),
      creationTimestamp: secondsOnly(died),
    },
    subscription: key.name,
    reason: header("reason"),
    attempts: Number(header("attempts")) || 0,
    status: Number(header("status")) || 0,
    answer: header("answer"),
    sink: header("sink"),
    consumer: header("consumer"),
    ...(header("lastReplay") ? { lastReplay: header("lastReplay") } : {}),
    event,
    ...(event === null ? {} : { [eventText]: text }),
  };
  return read;
}

/** A DeadLetter as JSON, its event as it was written. Pure. */
export function deadLetterText(letter: DeadLetter): string {
  const text = (letter as ReadLetter)[eventText];
  if (text === undefined) return JSON.stringify(letter);
  return withMember({ ...letter, event: undefined }, "event", text);
}

function parseEvent(text: string): CloudEvent | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && !Array.isArray(value) ? (value as CloudEvent | null) : null;
  } catch {
    return null;
  }
}

/** A sequence is given out anew when the store was lost: the uid tells two apart. */
function uidOf({ seq, subject, timestamp }: StoredLetter): string {
  const hex = createHash("sha256").update(`${seq}\n${subject}\n${timestamp}`).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}
