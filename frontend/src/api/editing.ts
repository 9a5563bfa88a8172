import { queryOptions } from "@tanstack/react-query";
import { graphql } from "./generated/gql.ts";
import type {
  ApplyManifestMutation,
  FieldChoice,
  ObjectRef,
  RebaseYamlQuery,
  ResourceType,
  SaveYamlMutation,
} from "./generated/graphql.ts";
import { request } from "./request.ts";

/** The outcome of a save or of its dry run. */
export type SaveResult = SaveYamlMutation["saveYaml"];
export type EditConflict = SaveResult["conflicts"][number];
export type Rebase = RebaseYamlQuery["rebaseYaml"];
/** What became of one object of an upload. */
export type ManifestOutcome = ApplyManifestMutation["applyManifest"][number];
export type { FieldChoice };

const KindSchemaDocument = graphql(`
  query KindSchema($type: ResourceType!) {
    kindSchema(type: $type)
  }
`);

const RebaseYamlDocument = graphql(`
  query RebaseYaml($ref: ObjectRef!, $base: String!, $text: String!) {
    rebaseYaml(ref: $ref, base: $base, text: $text) {
      live
      text
      changes {
        field
        managers
        before
        after
      }
      conflicts {
        reason
        field
        managers
        base
        theirs
        mine
      }
    }
  }
`);

const SaveYamlDocument = graphql(`
  mutation SaveYaml(
    $ref: ObjectRef!
    $base: String!
    $text: String!
    $choices: [FieldChoice!]!
    $dryRun: Boolean!
  ) {
    saveYaml(ref: $ref, base: $base, text: $text, choices: $choices, dryRun: $dryRun) {
      conflicts {
        reason
        field
        managers
        base
        theirs
        mine
      }
      refusal {
        message
        causes {
          field
          message
          line
        }
      }
      stored
      result
      method
      fields
      ignored {
        field
        mine
        result
      }
      text
    }
  }
`);

const ApplyManifestDocument = graphql(`
  mutation ApplyManifest(
    $yaml: String!
    $namespace: String
    $firstLine: Int!
    $force: Boolean!
    $dryRun: Boolean!
  ) {
    applyManifest(yaml: $yaml, namespace: $namespace, firstLine: $firstLine, force: $force, dryRun: $dryRun) {
      outcome
      apiVersion
      kind
      namespace
      name
      plural
      message
      line
      pending
      stored
      result
      conflicts {
        field
        managers
      }
    }
  }
`);

/** The JSON schema of a kind from the cluster itself; null when the cluster describes none. */
export function kindSchemaQuery({ group, version, plural }: ResourceType) {
  const type = { group: group ?? "", version, plural };
  return queryOptions({
    queryKey: ["kindSchema", type],
    queryFn: async ({ signal }) =>
      ((await request(KindSchemaDocument, { type }, signal)).kindSchema ?? null) as Record<
        string,
        unknown
      > | null,
    staleTime: 5 * 60_000,
    gcTime: 30 * 60_000,
  });
}

/** What others changed since `base`, and `text` with that worked in. */
export async function rebaseYaml(
  ref: ObjectRef,
  base: string,
  text: string,
  signal?: AbortSignal,
): Promise<Rebase> {
  return (await request(RebaseYamlDocument, { ref, base, text }, signal)).rebaseYaml;
}

/** Writes what was changed between `base` and `text`, or only says what would happen. Conflicts and refusals are answers. */
export async function saveYaml(
  ref: ObjectRef,
  edit: { base: string; text: string; choices: readonly FieldChoice[]; dryRun: boolean },
): Promise<SaveResult> {
  return (await request(SaveYamlDocument, { ref, ...edit, choices: [...edit.choices] })).saveYaml;
}

/** Applies one document of an upload. */
export async function applyManifest(manifest: {
  yaml: string;
  namespace: string | null;
  firstLine: number;
  force: boolean;
  dryRun: boolean;
}): Promise<readonly ManifestOutcome[]> {
  return (await request(ApplyManifestDocument, manifest)).applyManifest;
}
