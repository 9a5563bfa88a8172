import { queryOptions } from "@tanstack/react-query";
import { graphql } from "./generated/gql.ts";
import type {
  ApiResourcesQuery,
  ApplyYamlMutation,
  ChangeFragment,
  ObjectRef,
  ResourceType,
} from "./generated/graphql.ts";
import { request } from "./request.ts";

/** A kind that the cluster serves. */
export type ApiResource = ApiResourcesQuery["apiResources"][number];
/** The outcome of an apply: the object, or the conflicts that kept it from being written. */
export type ApplyResult = ApplyYamlMutation["applyYaml"];
export type FieldConflict = ApplyResult["conflicts"][number];
/** A field that a write changes, or would; null: it is not there. */
export type ChangedField = ChangeFragment;
/** What was done, in a sentence; after a dry run what would be done. `changes` is absent where they are not known. */
export interface WriteOutcome {
  message: string;
  changes?: readonly ChangedField[];
}

graphql(`
  fragment Change on ChangedField {
    field
    before
    after
  }
`);

const ApiResourcesDocument = graphql(`
  query ApiResources {
    apiResources {
      group
      version
      plural
      kind
      namespaced
      verbs
      shortNames
      categories
    }
  }
`);

const ObjectsDocument = graphql(`
  query Objects($type: ResourceType!, $namespace: String, $labelSelector: String) {
    objects(type: $type, namespace: $namespace, labelSelector: $labelSelector)
  }
`);

const ObjectYamlDocument = graphql(`
  query ObjectYaml($ref: ObjectRef!) {
    objectYaml(ref: $ref)
  }
`);

const RevealSecretDocument = graphql(`
  query RevealSecret($namespace: String!, $name: String!, $key: String!) {
    revealSecret(namespace: $namespace, name: $name, key: $key)
  }
`);

const CreateObjectDocument = graphql(`
  mutation CreateObject($object: JSON!, $dryRun: Boolean) {
    createObject(object: $object, dryRun: $dryRun)
  }
`);

const ApplyYamlDocument = graphql(`
  mutation ApplyYaml($ref: ObjectRef, $yaml: String!, $dryRun: Boolean, $force: Boolean) {
    applyYaml(ref: $ref, yaml: $yaml, dryRun: $dryRun, force: $force) {
      object
      conflicts {
        manager
        field
        message
      }
    }
  }
`);

const DeleteObjectDocument = graphql(`
  mutation DeleteObject($ref: ObjectRef!, $uid: String, $dryRun: Boolean!) {
    deleteObject(ref: $ref, uid: $uid, dryRun: $dryRun)
  }
`);

/** Every kind that the cluster serves. */
export const apiResourcesQuery = queryOptions({
  queryKey: ["apiResources"],
  queryFn: async ({ signal }): Promise<ApiResource[]> =>
    (await request(ApiResourcesDocument, {}, signal)).apiResources,
  staleTime: 30_000,
});

/** All objects of a small set, once; for pickers. */
export function objectsQuery<Kind>(type: ResourceType, namespace?: string, labelSelector?: string) {
  return queryOptions({
    queryKey: ["objects", type, namespace, labelSelector],
    queryFn: async ({ signal }) => {
      const variables = { type, namespace: namespace ?? null, labelSelector: labelSelector ?? null };
      return (await request(ObjectsDocument, variables, signal)).objects as Kind[];
    },
    staleTime: 5000,
  });
}

/** The object's text for the YAML editor; fetched once, so that typing is never overwritten. */
export function yamlQuery(ref: ObjectRef) {
  return queryOptions({
    queryKey: ["yaml", ref],
    queryFn: async ({ signal }) => (await request(ObjectYamlDocument, { ref }, signal)).objectYaml,
    staleTime: Infinity,
    gcTime: 0,
  });
}

/** One value of a Secret in clear text. */
export async function revealSecret(namespace: string, name: string, key: string): Promise<string> {
  return (await request(RevealSecretDocument, { namespace, name, key })).revealSecret;
}

/** Creates an object. @throws {AlreadyExistsError} when its name is taken */
export async function createObject(object: unknown, dryRun = false): Promise<unknown> {
  return (await request(CreateObjectDocument, { object, dryRun })).createObject;
}

/** Applies the editor's text. Conflicts are an answer, not an error. */
export async function applyYaml(
  ref: ObjectRef | null,
  yaml: string,
  options: { dryRun?: boolean; force?: boolean } = {},
): Promise<ApplyResult> {
  const variables = { ref, yaml, dryRun: options.dryRun ?? false, force: options.force ?? false };
  return (await request(ApplyYamlDocument, variables)).applyYaml;
}

/** Deletes an object; `uid` makes sure that it is the one the person saw. */
export async function deleteObject(ref: ObjectRef, uid?: string, dryRun = false): Promise<void> {
  await request(DeleteObjectDocument, { ref, uid: uid ?? null, dryRun });
}
