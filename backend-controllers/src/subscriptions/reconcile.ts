import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { subscriptions } from "@kyma/crds/resource-types.ts";
import { subscriptionFinalizer as finalizer } from "@kyma/crds/subscription-conditions.ts";
import { allowedHostsSource, readAllowedHosts } from "@kyma/eventing/sink.ts";
import { readSubscription, type WantedDelivery } from "@kyma/eventing/subscription-spec.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { InvalidError, NotFoundError } from "@kyma/kube/errors.ts";
import { type ObjectKey, keyOf } from "@kyma/kube/objects.ts";
import { type Writer, writeStatus } from "../runtime/apply.ts";
import type { Reconcile, ReconcileContext } from "../runtime/controller.ts";
import { TerminalError } from "../runtime/errors.ts";
import type { EventRecorder } from "../runtime/event-recorder.ts";
import { addFinalizer, hasFinalizer, removeFinalizer } from "../runtime/finalizers.ts";
import type { SubscriptionCaches } from "./caches.ts";
import { startsElsewhere } from "./consumer-plan.ts";
import type { ConsumerView } from "./consumer-view.ts";
import { SubscriptionConsumers } from "./consumers.ts";
import { type JetStream, RefusedError, UnreachableError } from "./jetstream.ts";
import { sinkProblem, sinkWarnings } from "./sink-services.ts";
import { type Outcome, statusEvents, statusOf } from "./status.ts";

export interface SubscriptionDependencies {
  client: KubeClient;
  caches: SubscriptionCaches;
  events: EventRecorder;
  /** Absent: no NATS server is configured. */
  jetStream: JetStream | undefined;
  view: ConsumerView;
}

/** One Subscription, and what is done to it. */
interface Work {
  subscription: Subscription;
  writer: Writer;
  dependencies: SubscriptionDependencies;
  context: ReconcileContext;
}

const manager = "subscription-controller";

/** Validate, make the consumers, say so in the status. */
export function subscriptionReconcile(dependencies: SubscriptionDependencies): Reconcile {
  const { caches, client } = dependencies;
  const look = async (key: ObjectKey, context: ReconcileContext): Promise<void> => {
    const known = caches.subscriptions.get(key);
    // Consumers without Subscription: somebody took the finalizer away.
    if (!known) return removeConsumers(key, dependencies, context);
    const writer = { client, manager, signal: context.signal };
    const work = { subscription: known, writer, dependencies, context };
    if (known.metadata.deletionTimestamp !== undefined) return finish(work);
    work.subscription = await withFinalizer(work);
    const reading = readSubscription(ownKey(known), known.spec, allowedHosts(caches));
    if ("problems" in reading) return report(work, { kind: "invalid", problems: reading.problems });
    return putIntoEffect(work, reading);
  };
  return async (key, context) => {
    try {
      await look(key, context);
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error;
      // The streams are looked after now, and then all Subscriptions are looked at again.
      dependencies.view.lose();
    }
  };
}

async function putIntoEffect(work: Work, wanted: WantedDelivery): Promise<void> {
  const { caches, view } = work.dependencies;
  const findService = (key: ObjectKey) => caches.services.get(key);
  const problem = sinkProblem(wanted, findService);
  // Without a sink nothing is collected that was not before: it might never be fetched.
  const made = await makeConsumers(work, problem === undefined ? wanted : onlyKnown(work, wanted));
  if (problem !== undefined) return report(work, { kind: "no-sink", problem, ...existing(work, wanted) });
  if (made === "later") return;
  if (made !== "made")
    return report(work, { kind: "not-active", problem: made.problem, ...existing(work, wanted) });
  const warnings = sinkWarnings(wanted, findService);
  if (startsElsewhere(wanted, (name) => view.get(name)))
    warnings.push(
      "config.deliverFrom counts only when a Subscription is made; delete and create it to begin there",
    );
  await report(work, { kind: "active", warnings, ...existing(work, wanted) });
}

/** `later`: all Subscriptions are looked at again as soon as it is known what there is. */
async function makeConsumers(
  work: Work,
  wanted: WantedDelivery,
): Promise<"made" | "later" | { problem: string }> {
  const { subscription, dependencies, context } = work;
  const { jetStream, view } = dependencies;
  const { availability } = view;
  if (availability.state === "away") return { problem: availability.problem };
  if (availability.state === "unknown" || !jetStream) return "later";
  try {
    const consumers = new SubscriptionConsumers(ownKey(subscription), jetStream, view, context.signal);
    await consumers.apply(wanted, had(subscription));
    return "made";
  } catch (error) {
    if (error instanceof RefusedError)
      await report(work, { kind: "not-active", problem: error.message, ...existing(work, wanted) });
    throw error;
  }
}

/** The types whose consumer is there or was: a status that was cleared or lost must cost no event. */
function onlyKnown({ subscription, dependencies: { view } }: Work, wanted: WantedDelivery): WantedDelivery {
  const names = had(subscription);
  const isKnown = (name: string): boolean => names.has(name) || view.get(name) !== undefined;
  return { ...wanted, types: wanted.types.filter(({ consumerName }) => isKnown(consumerName)) };
}

/** The wanted consumers that are there; while nobody knows, those that were. */
function existing(
  { subscription, dependencies: { view } }: Work,
  wanted: WantedDelivery,
): { wanted: WantedDelivery; consumers: ReadonlySet<string> } {
  if (view.availability.state !== "live") return { wanted, consumers: had(subscription) };
  const names = wanted.types.map(({ consumerName }) => consumerName);
  return { wanted, consumers: new Set(names.filter((name) => view.get(name))) };
}

function had({ status }: Subscription): ReadonlySet<string> {
  return new Set((status?.backend?.types ?? []).flatMap(({ consumerName }) => consumerName ?? []));
}

async function finish(work: Work): Promise<void> {
  const { subscription, dependencies } = work;
  const { client, view, jetStream } = dependencies;
  if (!hasFinalizer(subscription, finalizer)) return;
  // Without a server there is nothing to clean up; what is left in one is found when it is configured again.
  if (jetStream) {
    if (view.availability.state !== "live") return reportWaiting(work);
    await removeConsumers(keyOf(subscription), dependencies, work.context);
  }
  try {
    await removeFinalizer(client, subscriptions, subscription, finalizer);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
}

/** A deletion goes on as soon as the consumers can be deleted. */
async function reportWaiting(work: Work): Promise<void> {
  const { subscription, dependencies } = work;
  const { availability } = dependencies.view;
  const reading = readSubscription(
    ownKey(subscription),
    subscription.spec,
    allowedHosts(dependencies.caches),
  );
  if (availability.state !== "away" || "problems" in reading) return;
  const problem = `the deletion waits until the consumers can be deleted: ${availability.problem}`;
  await report(work, { kind: "not-active", problem, ...existing(work, reading) });
}

async function removeConsumers(
  key: ObjectKey,
  { jetStream, view }: SubscriptionDependencies,
  { signal }: ReconcileContext,
): Promise<void> {
  if (!jetStream || view.availability.state !== "live") return;
  const { namespace = "", name } = key;
  await new SubscriptionConsumers({ namespace, name }, jetStream, view, signal).removeAll();
}

async function withFinalizer({ subscription, dependencies, context }: Work): Promise<Subscription> {
  const { client, caches } = dependencies;
  if (hasFinalizer(subscription, finalizer)) return subscription;
  try {
    const written = await addFinalizer(client, subscriptions, subscription, finalizer);
    caches.subscriptions.remember(written, subscription);
    return written;
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    return tellOfBrokenSchema(error, { subscription, dependencies, context });
  }
}

async function report(work: Work, outcome: Outcome): Promise<void> {
  const { subscription, writer, dependencies, context } = work;
  const { caches, events } = dependencies;
  const now = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const status = statusOf(subscription, outcome, now);
  try {
    const written = await writeStatus(writer, subscriptions, subscription, status);
    if (!written) return;
    caches.subscriptions.remember(written, subscription);
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    return tellOfBrokenSchema(error, work);
  }
  for (const text of statusEvents(subscription.status, status))
    await events.record(subscription, text, context.log);
}

/** The stored object breaks today's schema so badly that nothing can be written to it: only an Event can say so. */
async function tellOfBrokenSchema(
  error: InvalidError,
  { subscription, dependencies, context }: Pick<Work, "subscription" | "dependencies" | "context">,
): Promise<never> {
  const message = `The Subscription cannot be worked on: ${error.message}`;
  await dependencies.events.record(
    subscription,
    { type: "Warning", reason: "ValidationFailed", message },
    context.log,
  );
  throw new TerminalError(error.message, { cause: error });
}

function allowedHosts({ allowedHosts: cache }: SubscriptionCaches): readonly string[] {
  return readAllowedHosts(cache.get(allowedHostsSource)?.data);
}

function ownKey({ metadata: { namespace = "", name } }: Subscription): { namespace: string; name: string } {
  return { namespace, name };
}
