import { queryOptions } from "@tanstack/react-query";
import { graphql } from "#api/generated/gql.ts";
import type {
  FunctionDiagnosisQuery,
  FunctionEdit,
  FunctionRef,
  FunctionRevisionsQuery,
  RunFunctionMutation,
  RunRequest,
} from "#api/generated/graphql.ts";
import type { ApplyResult } from "#api/objects.ts";
import { request } from "#api/request.ts";
import type { FunctionSpec, KymaFunction } from "./kyma-function.ts";

export type Diagnosis = NonNullable<FunctionDiagnosisQuery["functionDiagnosis"]>;
export type Revision = Omit<FunctionRevisionsQuery["functionRevisions"][number], "spec"> & {
  spec: FunctionSpec;
};
export type RunAnswer = RunFunctionMutation["runFunction"];

const TypingsDocument = graphql(`
  query FunctionTypings {
    functionTypings
  }
`);

const RevisionsDocument = graphql(`
  query FunctionRevisions($ref: FunctionRef!) {
    functionRevisions(ref: $ref) {
      name
      revision
      createdAt
      current
      spec
    }
  }
`);

const DiagnosisDocument = graphql(`
  query FunctionDiagnosis($ref: FunctionRef!) {
    functionDiagnosis(ref: $ref) {
      cause
      pod
      container
      lines
    }
  }
`);

const SaveDocument = graphql(`
  mutation SaveFunction($ref: FunctionRef!, $edit: FunctionEdit!, $base: JSON!, $force: Boolean) {
    saveFunction(ref: $ref, edit: $edit, base: $base, force: $force) {
      object
      conflicts {
        manager
        field
        message
      }
    }
  }
`);

const RevertDocument = graphql(`
  mutation RevertFunction($ref: FunctionRef!, $revision: String!) {
    revertFunction(ref: $ref, revision: $revision)
  }
`);

const RunDocument = graphql(`
  mutation RunFunction($ref: FunctionRef!, $request: RunRequest!) {
    runFunction(ref: $ref, request: $request) {
      status
      statusText
      headers {
        name
        value
      }
      body
      base64
      truncated
      durationMs
      error
      note
    }
  }
`);

/** Declarations of what a handler gets, for the editor. */
export const typingsQuery = queryOptions({
  queryKey: ["functionTypings"],
  queryFn: async ({ signal }) => (await request(TypingsDocument, {}, signal)).functionTypings,
  staleTime: Infinity,
});

/** Revisions, newest first; read again whenever `version` (the Function's resourceVersion) changes. */
export function revisionsQuery(ref: FunctionRef, version: string | undefined) {
  return queryOptions({
    queryKey: ["functionRevisions", ref, version],
    queryFn: async ({ signal }) =>
      (await request(RevisionsDocument, { ref }, signal)).functionRevisions as Revision[],
    placeholderData: (previous) => previous,
  });
}

/** Why it does not run; read again whenever `version` (Function and pods) changes. */
export function diagnosisQuery(ref: FunctionRef, version: string) {
  return queryOptions({
    queryKey: ["functionDiagnosis", ref, version],
    queryFn: async ({ signal }) => (await request(DiagnosisDocument, { ref }, signal)).functionDiagnosis,
    placeholderData: (previous) => previous,
  });
}

/** Saves what the person changed against the object that editing began with. */
export async function saveFunction(
  ref: FunctionRef,
  edit: FunctionEdit,
  base: KymaFunction,
  force: boolean,
): Promise<ApplyResult> {
  return (await request(SaveDocument, { ref, edit, base, force })).saveFunction;
}

/** Puts an earlier revision back. */
export async function revertFunction(ref: FunctionRef, revision: string): Promise<void> {
  await request(RevertDocument, { ref, revision });
}

/** Calls the Function through the API server, as the user. */
export async function runFunction(
  ref: FunctionRef,
  run: RunRequest,
  signal: AbortSignal,
): Promise<RunAnswer> {
  return (await request(RunDocument, { ref, request: run }, signal)).runFunction;
}
