import { type CloudEvent, InvalidEventError, readEvents } from "@kyma/eventing/cloud-event.ts";
import { memberText } from "@kyma/eventing/json-text.ts";
import { headers as noHeaders, type MsgHdrs } from "@nats-io/transport-node";
import type { Logger } from "pino";
import { tellAttempt } from "../attempts.ts";
import { printable } from "../sink-answer.ts";
import type { DeadLetterStore } from "./dead-letter-store.ts";
import { letterHeaders, type StoredLetter } from "./dead-letter.ts";
import { ApiFailure, badRequest, conflict } from "./failure.ts";
import type { NatsLink } from "./nats-link.ts";
import {
  type AttemptMessage,
  type DeadLetter,
  deliveryVersion,
  type ReplayAnswer,
} from "@kyma/eventing/delivery-objects.ts";
import type { SendToSink, ServedSubscription, SinkAnswer, Subscriptions } from "./parts.ts";
import type { NamedKey, Subresource } from "./resource.ts";
import { findLetter } from "./resource-dead-letters.ts";

export interface ReplayParts<S extends ServedSubscription> {
  link: NatsLink;
  store: DeadLetterStore;
  subscriptions: Subscriptions<S>;
  sendToSink: SendToSink<S>;
  log: Logger;
}

/** The API server gives a request up after a minute. */
const answerWithinMs = 50_000;
const tooLate = `no answer within ${answerWithinMs / 1000} s; the sink may still take the event`;
const ended = "the dispatcher ended before there was an answer; the sink may still take the event";
const longestAnswer = 1024;

/** Sends dead letters to their Subscription's present sink, now and once. */
export class Replays<S extends ServedSubscription> {
  readonly #parts: ReplayParts<S>;
  /** By uid of the dead letter. */
  readonly #underWay = new Map<string, Promise<ReplayAnswer>>();
  readonly #ending = new AbortController();

  constructor(parts: ReplayParts<S>) {
    this.#parts = parts;
  }

  get subresource(): Subresource {
    return { kind: "Replay", create: (key, body) => this.#create(key, body) };
  }

  /** Waits for those that are under way; who has no answer after `graceMs` gets none. What came of each is stored then. */
  async end(graceMs: number): Promise<void> {
    const limit = setTimeout(() => this.#ending.abort(new Error(ended)), graceMs);
    await Promise.allSettled(this.#underWay.values());
    clearTimeout(limit);
  }

  async #create(key: NamedKey, body: string): Promise<ReplayAnswer> {
    const { stored, deadLetter } = await findLetter(this.#parts.store, key);
    const { uid = "" } = deadLetter.metadata;
    if (this.#underWay.has(uid)) throw conflict(`dead letter ${key.name} is being replayed already`);
    const replayed = { stored, deadLetter, event: readReplayed(body, stored) };
    const replaying = replay(this.#parts, replayed, this.#ending.signal);
    this.#underWay.set(uid, replaying);
    try {
      return await replaying;
    } finally {
      this.#underWay.delete(uid);
    }
  }
}

interface Replayed {
  stored: StoredLetter;
  deadLetter: DeadLetter;
  event: CloudEvent;
}

async function replay<S extends ServedSubscription>(
  parts: ReplayParts<S>,
  replayed: Replayed,
  ending: AbortSignal,
): Promise<ReplayAnswer> {
  const { metadata, subscription: name } = replayed.deadLetter;
  const { namespace = "" } = metadata;
  const subscription = parts.subscriptions.get({ namespace, name });
  if (!subscription)
    throw conflict(
      `the Subscription ${namespace}/${name} does not exist: create it again to replay its dead letters, or discard them`,
    );
  const began = Date.now();
  const late = new AbortController();
  const limit = setTimeout(() => late.abort(new Error(tooLate)), answerWithinMs);
  const signal = AbortSignal.any([late.signal, ending]);
  const answer = await parts.sendToSink(subscription, replayed.event, signal);
  clearTimeout(limit);
  // The kind requires no spec.
  const sink = subscription.spec?.sink ?? "";
  tell(parts, attemptOf(replayed, answer, sink, began));
  return {
    kind: "Replay",
    apiVersion: deliveryVersion,
    metadata: { name: metadata.name, namespace },
    status: answer.status,
    answer: answer.answer,
    delivered: answer.delivered,
    deadLetter: await settle(parts, replayed, answer, sink),
  };
}

/** The stored event, or the one that is sent in its place. Pure. */
export function readReplayed(body: string, stored: Pick<StoredLetter, "data">): CloudEvent {
  const replacement = readReplacement(body);
  const content = replacement === undefined ? Buffer.from(stored.data) : Buffer.from(replacement);
  try {
    const [event] = readEvents({
      headers: { "content-type": "application/cloudevents+json" },
      body: content,
    });
    if (event) return event;
  } catch (error) {
    if (!(error instanceof InvalidEventError)) throw error;
    const whose = replacement === undefined ? "the stored event" : "event";
    throw new ApiFailure(422, "Invalid", `${whose} is not valid: ${error.message}`, { cause: error });
  }
  throw badRequest("event is missing");
}

/** The text of `event` in the request's body; undefined when there is none. */
function readReplacement(body: string): string | undefined {
  if (body.trim() === "") return undefined;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw badRequest("the body is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw badRequest("the body must be a JSON object");
  const { event } = value as { event?: unknown };
  return event === undefined || event === null ? undefined : memberText(body, "event");
}

/** Where the dead letter is now; null when it is gone, also because somebody discarded it meanwhile. An event that was delivered stays delivered, whatever NATS says then. */
async function settle(
  { store, log }: Pick<ReplayParts<never>, "store" | "log">,
  { stored, deadLetter }: Replayed,
  answer: SinkAnswer,
  sink: string,
): Promise<string | null> {
  const { name } = deadLetter.metadata;
  try {
    if (answer.delivered) {
      await store.remove(stored.seq);
      return null;
    }
    const attempts = deadLetter.attempts + 1;
    const headers = failedAgain(stored, { ...answer, attempts, sink, at: new Date() });
    const { seq, duplicate } = await store.add(
      stored.subject,
      stored.data,
      headers,
      `${stored.seq}:${attempts}`,
    );
    // Another dispatcher that replayed it at the same time has put it there, and removes the old one.
    if (duplicate || (await store.remove(stored.seq))) return String(seq);
    await store.remove(seq);
    return null;
  } catch (error) {
    log.warn({ err: error, name }, "the dead letter could not be changed after its replay");
    return name;
  }
}

/** Headers after a replay in vain: a message cannot be changed, so a new one takes its place. Pure. */
export function failedAgain(
  { header, seq }: Pick<StoredLetter, "header" | "seq">,
  { status, answer, attempts, sink, at }: SinkAnswer & { attempts: number; sink: string; at: Date },
): MsgHdrs {
  const headers = noHeaders();
  for (const name of Object.values(letterHeaders)) if (header.has(name)) headers.set(name, header.last(name));
  headers.set(letterHeaders.attempts, String(attempts));
  headers.set(letterHeaders.status, String(status));
  headers.set(letterHeaders.answer, printable(answer).slice(0, longestAnswer));
  headers.set(letterHeaders.sink, printable(sink));
  headers.set(letterHeaders.lastReplay, at.toISOString());
  headers.set(letterHeaders.replaces, String(seq));
  return headers;
}

function attemptOf(
  { deadLetter, event }: Replayed,
  answer: SinkAnswer,
  sink: string,
  began: number,
): AttemptMessage {
  const { consumer, subscription: name, attempts, metadata } = deadLetter;
  return {
    time: new Date().toISOString(),
    subscription: { namespace: metadata.namespace ?? "", name },
    consumer,
    event: { id: event.id, source: event.source, type: event.type },
    sink,
    attempt: attempts + 1,
    status: answer.status,
    outcome: answer.delivered ? "delivered" : "dead",
    durationMs: Date.now() - began,
    ...(answer.delivered ? {} : { error: answer.answer }),
  };
}

/** Whoever watches attempts sees replays, too; nobody has to. */
function tell({ link, log }: Pick<ReplayParts<never>, "link" | "log">, attempt: AttemptMessage): void {
  try {
    tellAttempt(link.now().connection, attempt);
  } catch (error) {
    log.debug({ err: error }, "the attempt could not be told");
  }
}
