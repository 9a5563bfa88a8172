import { ApiError, ConflictError, InvalidError, NotFoundError } from "@kyma/kube/errors.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import type { ObjectKey, ResourceType } from "@kyma/kube/objects.ts";
import type { GraphqlContext } from "../graphql/context.ts";
import { badInput } from "../graphql/errors.ts";
import { consoleManager } from "../resources/apply.ts";
import type { Kinds, TypeInput } from "../resources/kinds.ts";
import { toKey } from "../resources/references.ts";

export interface BulkInput {
  action: "DELETE" | "RESTART" | "SCALE" | "LABEL";
  type: TypeInput;
  targets: BulkTarget[];
  dryRun: boolean;
  replicas?: number | null;
  labels?: unknown;
}

interface BulkTarget {
  namespace?: string | null;
  name: string;
  uid?: string | null;
}

export interface BulkResult {
  namespace: string | null;
  name: string;
  ok: boolean;
  message: string;
}

const mostTargets = 100;
const atOnce = 8;
const mostReplicas = 10_000;
const mostConflicts = 5;
const replaced = "Another object has this name now: the one you saw was replaced.";

/** Does one thing to several objects, eight at a time. Every object has its own result; a failed one never stops the others. */
export async function bulk(
  kinds: Kinds,
  input: BulkInput,
  { caller, log, signal }: GraphqlContext,
): Promise<BulkResult[]> {
  const { targets } = input;
  if (targets.length > mostTargets) throw badInput(`one call takes at most ${mostTargets} objects`);
  const type = await kinds.resolve(caller, input.type);
  const act = actionOf(caller.kube, type, input);
  const results: BulkResult[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < targets.length && !signal.aborted; index = next++) {
      const target = targets[index];
      if (target) results[index] = await attempt(type, target, act);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const failed = results.filter(({ ok }) => !ok).length;
  const { action, dryRun } = input;
  log.info({ user: caller.user, action, dryRun, plural: type.plural, done: results.length, failed }, "bulk");
  return results;
}

/** What is done to one object; resolves with a word for it. */
type Act = (key: ObjectKey, uid: string | undefined) => Promise<string>;

async function attempt(type: ResourceType, target: BulkTarget, act: Act): Promise<BulkResult> {
  const { name, uid } = target;
  const namespace = target.namespace ?? null;
  try {
    const message = await act(toKey(type, target), uid ?? undefined);
    return { namespace, name, ok: true, message };
  } catch (error) {
    return { namespace, name, ok: false, message: sentence(error) };
  }
}

function sentence(error: unknown): string {
  if (error instanceof NotFoundError) return "It does not exist any more.";
  if (isReplaced(error)) return replaced;
  if (error instanceof ApiError || error instanceof Error) return error.message;
  return "unknown error";
}

/** A delete answers 409 to another uid, a patch calls its uid immutable. */
function isReplaced(error: unknown): boolean {
  if (error instanceof ConflictError) return /uid/i.test(error.message);
  return (
    error instanceof InvalidError &&
    error.details.causes?.some(({ field }) => field === "metadata.uid") === true
  );
}

function actionOf(kube: KubeClient, type: ResourceType, input: BulkInput): Act {
  const { dryRun } = input;
  const would = (done: string, planned: string): string => (dryRun ? planned : done);
  switch (input.action) {
    case "DELETE":
      return async (key, uid) => {
        await kube.delete(type, key, { ...(uid ? { uid } : {}), dryRun });
        return would("deleted", "would be deleted");
      };
    case "RESTART":
      return async (key, uid) => {
        await kube.patch(
          type,
          key,
          { ...identified(uid), ...restartOf(type) },
          { type: "merge", ...write(dryRun) },
        );
        return would("restarted", "would be restarted");
      };
    case "SCALE":
      return scale(kube, type, input);
    case "LABEL": {
      const labels = checkLabels(input.labels);
      return async (key, uid) => {
        const { metadata } = identified(uid);
        const patch = { metadata: { ...metadata, labels } };
        await kube.patch(type, key, patch, { type: "merge", ...write(dryRun) });
        return would("labels changed", "labels would be changed");
      };
    }
  }
}

function write(dryRun: boolean): { manager: string; dryRun: boolean } {
  return { manager: consoleManager, dryRun };
}

/** A uid in a patch is a precondition: the API server answers 409 when it is another's. */
function identified(uid: string | undefined): { metadata: { uid?: string } } {
  return { metadata: uid ? { uid } : {} };
}

const restartable = new Set(["deployments", "statefulsets", "daemonsets"]);

/** As kubectl rollout restart does it. */
function restartOf(type: ResourceType): object {
  if (type.group !== "apps" || !restartable.has(type.plural))
    throw badInput(`${type.kind} cannot be restarted; Deployments, StatefulSets and DaemonSets can`);
  const annotations = { "kubectl.kubernetes.io/restartedAt": new Date().toISOString() };
  return { spec: { template: { metadata: { annotations } } } };
}

/** The scale subresource has no uid to test, so it is read first and written only if nothing has come in between. */
function scale(kube: KubeClient, type: ResourceType, { replicas, dryRun }: BulkInput): Act {
  if (replicas === undefined || replicas === null || replicas < 0 || replicas > mostReplicas)
    throw badInput(`replicas must be 0 to ${mostReplicas}`);
  const scaleOnce: Act = async (key, uid) => {
    const before = await kube.get<Scale>(type, key, { subresource: "scale" });
    if (uid && before.metadata.uid !== uid) throw new Error(replaced);
    const { resourceVersion } = before.metadata;
    const patch = { metadata: uid && resourceVersion ? { resourceVersion } : {}, spec: { replicas } };
    await kube.patch(type, key, patch, { type: "merge", subresource: "scale", ...write(dryRun) });
    const change = `from ${before.spec?.replicas ?? 0} to ${replicas}`;
    return dryRun ? `would be scaled ${change}` : `scaled ${change}`;
  };
  return async (key, uid) => {
    // A controller that writes the status meanwhile is no reason to fail.
    for (let attempt = 1; ; attempt++) {
      try {
        return await scaleOnce(key, uid);
      } catch (error) {
        if (!(error instanceof ConflictError) || attempt === mostConflicts) throw error;
      }
    }
  };
}

interface Scale {
  apiVersion: string;
  kind: string;
  metadata: { name: string; uid?: string; resourceVersion?: string };
  spec?: { replicas?: number };
}

function checkLabels(labels: unknown): Record<string, string | null> {
  if (typeof labels !== "object" || labels === null || Array.isArray(labels))
    throw badInput("labels must be an object of key and value; null removes a label");
  const entries = Object.entries(labels);
  if (entries.length === 0 || entries.length > 50) throw badInput("give 1 to 50 labels");
  for (const [key, value] of entries) {
    if (typeof value !== "string" && value !== null)
      throw badInput(`the value of the label "${key.slice(0, 100)}" must be text or null`);
  }
  return Object.fromEntries(entries);
}
