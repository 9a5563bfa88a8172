import { subscriptions } from "@kyma/crds/resource-types.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import type { Locator, Page } from "@playwright/test";
import { expect } from "./fixtures.ts";

/** A text field by its label. */
export const field = (scope: Page | Locator, name: string): Locator =>
  scope.getByRole("textbox", { name, exact: true });

/** Chooses from the menu of a page. */
export async function act(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Actions", exact: true }).click();
  await page.getByRole("menuitem", { name, exact: true }).click();
}

/** A Subscription of the Service of the same name. */
export function subscription(namespace: string, name: string, spec: object = {}): UnknownObject {
  return {
    apiVersion: "eventing.kyma-project.io/v1alpha2",
    kind: "Subscription",
    metadata: { namespace, name },
    spec: {
      sink: `http://${name}.${namespace}.svc.cluster.local`,
      source: namespace,
      types: ["order.created.v1"],
      ...spec,
    },
  };
}

export async function expectReady(client: KubeClient, namespace: string, name: string): Promise<void> {
  await expect
    .poll(async () => {
      const found = await client.get<UnknownObject>(subscriptions, { namespace, name });
      return (found["status"] as { ready?: boolean } | undefined)?.ready;
    })
    .toBe(true);
}

/** What one Subscription made of a test event. */
export const outcomeRow = (scope: Page | Locator, name: string): Locator =>
  scope.getByRole("grid", { name: "Subscriptions that it is for" }).getByRole("row", { name });
