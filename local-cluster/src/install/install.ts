import { readManifests } from "@kyma/crds/manifests.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { NotFoundError } from "@kyma/kube/errors.ts";
import { keyOf, keyText, type KubeObject } from "@kyma/kube/objects.ts";
import { customResourceDefinitions, namespaces } from "@kyma/kube/resource-types.ts";
import { setTimeout as delay } from "node:timers/promises";
import { resourceTypeOf } from "./resource-types.ts";

const manager = "kyma-installer";
const establishLimitMs = 30_000;

/**
 * Brings our CRDs and then `objects` to a cluster by server-side apply. A repetition changes nothing. Resolves when all of it can be used;
 * rejects with a sentence that names the object that was refused.
 */
export async function install(client: KubeClient, objects: readonly KubeObject[]): Promise<void> {
  const isNamespace = (object: KubeObject): boolean => object.kind === namespaces.kind;
  const crds = readManifests() as unknown as KubeObject[];
  await Promise.all([...crds, ...objects.filter(isNamespace)].map((object) => apply(client, object)));
  await Promise.all(crds.map((crd) => untilEstablished(client, crd)));
  await Promise.all(objects.filter((object) => !isNamespace(object)).map((object) => apply(client, object)));
}

async function apply(client: KubeClient, object: KubeObject): Promise<void> {
  const type = resourceTypeOf(object);
  const end = Date.now() + establishLimitMs;
  for (;;) {
    try {
      await client.apply(type, object, { manager, force: true });
      return;
    } catch (error) {
      // The API server serves a new kind a moment after it says so.
      if (!(error instanceof NotFoundError) || Date.now() > end) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Error(`${object.kind} ${keyText(keyOf(object))} cannot be installed: ${reason}`, {
          cause: error,
        });
      }
    }
    await delay(100);
  }
}

interface Crd extends KubeObject {
  status?: { conditions?: { type: string; status: string; message?: string }[] };
}

async function untilEstablished(client: KubeClient, crd: KubeObject): Promise<void> {
  const end = Date.now() + establishLimitMs;
  for (;;) {
    const { status } = await client.get<Crd>(customResourceDefinitions, keyOf(crd));
    const conditions = status?.conditions ?? [];
    if (conditions.some((condition) => condition.type === "Established" && condition.status === "True"))
      return;
    if (Date.now() > end) {
      const refusal =
        conditions.find((condition) => condition.status === "False")?.message ?? "no reason given";
      throw new Error(`${crd.metadata.name} is not served after ${establishLimitMs / 1000} s: ${refusal}`);
    }
    await delay(50);
  }
}
