import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { subscriptions } from "@kyma/crds/resource-types.ts";
import { deadLetterStreamConfig, eventStreamConfig, type StreamLimits } from "@kyma/eventing/streams.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { NotFoundError } from "@kyma/kube/errors.ts";
import type { ObjectKey } from "@kyma/kube/objects.ts";
import type { StreamConfig } from "@nats-io/jetstream";
import type { Reconcile, ReconcileContext } from "../runtime/controller.ts";
import { deepEqual } from "../runtime/drift.ts";
import type { SharedCache } from "../runtime/shared-cache.ts";
import { differ } from "./consumer-plan.ts";
import type { ConsumerView } from "./consumer-view.ts";
import { type JetStream, RefusedError, UnreachableError } from "./jetstream.ts";

export interface UpkeepDependencies {
  client: KubeClient;
  jetStream: JetStream;
  view: ConsumerView;
  subscriptions: SharedCache<Subscription>;
  limits: StreamLimits;
  /** How long the streams may be out of reach before Subscriptions are said not to be ready, ms. */
  graceMs: number;
  /** How often everything is listed, for what no advisory tells, ms. */
  listEveryMs: number;
}

const retryMs = 2000;

/**
 * Keeps the streams as they must be and the view of their consumers up to date, and deletes consumers that no Subscription wants. There is
 * one key: all of it.
 */
export function streamReconcile(dependencies: UpkeepDependencies): Reconcile {
  const { view, graceMs, listEveryMs } = dependencies;
  let lost: { since: number; problem: string } | undefined;
  return async (_, context) => {
    try {
      await upkeep(dependencies, context);
      if (lost) context.log.info("the streams are looked after again");
      lost = undefined;
      return { requeueAfterMs: listEveryMs };
    } catch (error) {
      if (!(error instanceof UnreachableError || error instanceof RefusedError)) throw error;
      const problem = error.message;
      if (problem !== lost?.problem) context.log.warn({ err: error }, "the streams cannot be looked after");
      lost = { since: lost?.since ?? performance.now(), problem };
      view.lose();
      if (performance.now() - lost.since >= graceMs) view.setAway(problem);
      return { requeueAfterMs: Math.min(retryMs, graceMs) };
    }
  };
}

async function upkeep(dependencies: UpkeepDependencies, context: ReconcileContext): Promise<void> {
  const { jetStream, view, limits } = dependencies;
  for (const wanted of [eventStreamConfig(limits), deadLetterStreamConfig(limits)])
    await ensureStream(jetStream, wanted, context);
  view.beginList();
  view.endList(await jetStream.consumers(), (before, after) => differ(before.config, after.config));
  await collectGarbage(dependencies, context);
}

async function ensureStream(
  jetStream: JetStream,
  wanted: Partial<StreamConfig> & { name: string },
  { log, signal }: ReconcileContext,
): Promise<void> {
  const live = await jetStream.stream(wanted.name);
  signal.throwIfAborted();
  try {
    if (!live) {
      await jetStream.createStream(wanted);
      log.info({ stream: wanted.name }, "the stream is made");
    } else if (streamDiffers(live, wanted)) {
      await jetStream.updateStream(wanted);
      log.info({ stream: wanted.name }, "the stream is put right");
    }
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const sentence = `the stream ${wanted.name} cannot be made as it must be: NATS says "${error.message}"`;
    throw new RefusedError(sentence, error.code);
  }
}

/** Whether a field that matters is another one. Pure. */
export function streamDiffers(live: Partial<StreamConfig>, wanted: Partial<StreamConfig>): boolean {
  return Object.entries(wanted).some(
    ([field, value]) => !deepEqual(live[field as keyof StreamConfig], value),
  );
}

/** Consumers whose Subscription is gone, for instance because somebody took its finalizer away. */
async function collectGarbage(
  dependencies: UpkeepDependencies,
  { log, signal }: ReconcileContext,
): Promise<void> {
  const { jetStream, view, client } = dependencies;
  for (const owner of view.owners()) {
    if (dependencies.subscriptions.get(owner) || (await exists(client, owner))) continue;
    for (const { name } of view.ofOwner(owner)) {
      signal.throwIfAborted();
      await jetStream.deleteConsumer(name);
      view.drop(name);
      log.info({ consumer: name, subscription: owner }, "a consumer without Subscription is deleted");
    }
  }
}

/** The cache may be behind. */
async function exists(client: KubeClient, key: ObjectKey): Promise<boolean> {
  try {
    await client.get(subscriptions, key);
    return true;
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}
