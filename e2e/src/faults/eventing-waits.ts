import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { subscriptions } from "@kyma/crds/resource-types.ts";
import { eventStream } from "@kyma/eventing/streams.ts";
import { expect, vi } from "vitest";
import type { EventingPlatform } from "../eventing-platform.ts";

/** Resolves when the controllers say that the Subscription is ready. */
export async function untilReady(platform: EventingPlatform, name: string, limitMs = 30_000): Promise<void> {
  await vi.waitFor(async () => {
    const key = { namespace: platform.namespace, name };
    const { status } = await platform.client.get<Subscription>(subscriptions, key);
    expect(status?.ready).toBe(true);
  }, limitMs);
}

/** Resolves when the stream holds no event any more: each was acknowledged by a dispatcher. */
export async function untilSettled({ streams }: EventingPlatform, limitMs: number): Promise<void> {
  await vi.waitFor(async () => {
    const { state } = await streams.streams.info(eventStream);
    expect(state.messages).toBe(0);
  }, limitMs);
}
