import type { KubeClient, Selection } from "@kyma/kube/client.ts";
import { toApiError } from "@kyma/kube/errors.ts";
import type { KubeObject, ObjectMeta, ResourceType } from "@kyma/kube/objects.ts";
import { queryText, resourcePath } from "@kyma/kube/paths.ts";
import { listCheck } from "../resources/list-check.ts";
import type { Change, Upstream } from "../resources/live-set.ts";

export interface Name {
  namespace: string | undefined;
  name: string;
}

const metadataOnly = "as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
const listAccept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
const pageSize = 1000;

/** Just the names of a kind's objects. */
export function nameUpstream(kube: KubeClient, type: ResourceType, selection: Selection): Upstream<Name> {
  return {
    async list(signal) {
      const entries = new Map<string, Name>();
      let next: string | undefined;
      for (;;) {
        const page = await readPage(kube, type, selection, next, signal);
        for (const { metadata } of page.items ?? []) entries.set(keyOf(metadata), toName(metadata));
        next = page.metadata.continue;
        if (!next) return { entries, head: undefined, resourceVersion: page.metadata.resourceVersion ?? "" };
      }
    },
    async *watch(resourceVersion, signal, onOpen): AsyncGenerator<Change<Name>> {
      const options = {
        ...selection,
        resourceVersion,
        signal,
        onOpen,
        accept: `application/json;${metadataOnly}`,
      };
      for await (const { type: event, object } of kube.watch<KubeObject>(type, options)) {
        const { metadata } = object;
        const version = metadata.resourceVersion ? { resourceVersion: metadata.resourceVersion } : {};
        if (event === "BOOKMARK") yield version;
        else if (event === "DELETED") yield { ...version, key: keyOf(metadata) };
        else yield { ...version, key: keyOf(metadata), value: toName(metadata) };
      }
    },
    check: listCheck(kube, type, selection),
  };
}

function keyOf({ uid, namespace, name }: ObjectMeta): string {
  return uid ?? `${namespace ?? ""}/${name}`;
}

function toName({ namespace, name }: ObjectMeta): Name {
  return { namespace, name };
}

interface MetadataList {
  metadata: { resourceVersion?: string; continue?: string };
  items?: { metadata: ObjectMeta }[];
}

async function readPage(
  kube: KubeClient,
  type: ResourceType,
  { namespace }: Selection,
  next: string | undefined,
  signal: AbortSignal,
): Promise<MetadataList> {
  const path =
    resourcePath(type, namespace ? { namespace } : {}) + queryText({ limit: pageSize, continue: next });
  const answer = await kube.raw(path, { headers: { accept: listAccept }, signal });
  if (answer.status !== 200)
    throw toApiError(answer.status, await answer.text(), answer.headers["retry-after"]);
  return answer.json<MetadataList>();
}
