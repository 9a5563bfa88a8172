import { consumerConfig } from "@kyma/eventing/streams.ts";
import { consumerName } from "@kyma/eventing/subjects.ts";
import type { WantedDelivery } from "@kyma/eventing/subscription-spec.ts";
import type { ObjectKey } from "@kyma/kube/objects.ts";
import type { ConsumerConfig } from "@nats-io/jetstream";
import { deepEqual } from "../runtime/drift.ts";
import type { Consumer, ConsumerFields } from "./jetstream.ts";

/** The Subscription that made a consumer, by its description; undefined when its name proves that another did. Pure. */
export function ownerOf({ name, config }: Consumer): Required<ObjectKey> | undefined {
  const [, namespace, owner, subject] = /^([^/]+)\/([^/]+)\/(.+)$/s.exec(config.description ?? "") ?? [];
  if (namespace === undefined || owner === undefined || subject === undefined) return undefined;
  const key = { namespace, name: owner };
  return consumerName(key, subject) === name ? key : undefined;
}

/** What decides on delivery, apart from where it begins: that counts only when a consumer is made. */
const decisive = [
  "description",
  "filter_subject",
  "filter_subjects",
  "ack_policy",
  "ack_wait",
  "max_deliver",
  "max_ack_pending",
  "replay_policy",
  "priority_groups",
  "priority_policy",
  "priority_timeout",
  "backoff",
  "deliver_subject",
  "headers_only",
  "inactive_threshold",
  "max_batch",
  "max_bytes",
  "max_expires",
  "rate_limit_bps",
] as const satisfies readonly (keyof ConsumerConfig)[];

/** Whether two consumers deliver differently. Pure. */
export function differ(a: Partial<ConsumerConfig>, b: Partial<ConsumerConfig>): boolean {
  return decisive.some((field) => !deepEqual(a[field] || undefined, b[field] || undefined));
}

export interface ConsumerPlan {
  create: Partial<ConsumerConfig>[];
  update: { name: string; fields: ConsumerFields }[];
  /** Names of paused ones. */
  resume: string[];
  /** Names. */
  remove: string[];
}

export interface PlanInput {
  key: { namespace: string; name: string };
  wanted: WantedDelivery;
  /** The consumers that say they belong to the Subscription. */
  owned: readonly Consumer[];
  known: (name: string) => Consumer | undefined;
  /** Names of consumers that the Subscription had before. */
  had: ReadonlySet<string>;
  /** ms */
  now: number;
}

/** What must be done so that a Subscription has the consumers that it asks for, and no others. Pure. */
export function planConsumers({ key, wanted, owned, known, had, now }: PlanInput): ConsumerPlan {
  const plan: ConsumerPlan = { create: [], update: [], resume: [], remove: [] };
  const subjects = new Map(wanted.types.map(({ consumerName: name, subject }) => [name, subject]));
  for (const [name, subject] of subjects) {
    const config = consumerConfig(key, subject, wanted.config);
    const live = known(name)?.config;
    if (!live) plan.create.push(had.has(name) ? fromTheBeginning(config) : config);
    else if (differ(live, config)) plan.update.push({ name, fields: decisiveFields(config) });
    if (live?.pause_until !== undefined && Date.parse(live.pause_until) > now) plan.resume.push(name);
  }
  plan.remove = owned.filter(({ name }) => !subjects.has(name)).map(({ name }) => name);
  return plan;
}

/** A consumer that was lost begins with all that the stream holds: rather an event twice than never. */
function fromTheBeginning(config: Partial<ConsumerConfig>): Partial<ConsumerConfig> {
  const { opt_start_time: _, ...rest } = config;
  return { ...rest, deliver_policy: "all" };
}

/** What a consumer must have and, as undefined, what it must not. */
function decisiveFields(config: Partial<ConsumerConfig>): ConsumerFields {
  return Object.fromEntries(decisive.map((field) => [field, config[field]]));
}

/** Whether events begin later than the spec asks for now, since the consumers were made with another start. Pure. */
export function startsElsewhere(wanted: WantedDelivery, known: PlanInput["known"]): boolean {
  const { deliverFrom } = wanted.config;
  if (deliverFrom.policy === "new") return false;
  return wanted.types.some(({ consumerName: name }) => {
    const live = known(name)?.config;
    if (!live || live.deliver_policy === "all") return false;
    return (
      deliverFrom.policy === "all" ||
      live.opt_start_time === undefined ||
      Date.parse(live.opt_start_time) !== Date.parse(deliverFrom.since)
    );
  });
}
