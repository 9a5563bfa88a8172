import type { KymaFunction } from "@kyma/crds/generated/functions.gen.ts";
import { functions } from "@kyma/crds/resource-types.ts";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { badInput } from "../graphql/errors.ts";
import type { Area } from "../graphql/schema.ts";
import { toKey } from "../resources/references.ts";
import { diagnoseFunction } from "./diagnosis.ts";
import { parseEdit } from "./function-edit.ts";
import { listRevisions, revertFunction } from "./revisions.ts";
import { runFunction, type RunRequest } from "./run-function.ts";
import { saveFunction } from "./save-function.ts";

export interface FunctionsOptions {
  /** The runtime's type declarations for handlers. */
  typings: URL;
}

interface Ref {
  ref: { namespace: string; name: string };
}

const baseShape = z.looseObject({ metadata: z.looseObject({}), spec: z.looseObject({}) });

/** What generic resources cannot say about Functions. */
export function functionsArea({ typings }: FunctionsOptions): Area {
  return {
    sdl: new URL("./schema.graphql", import.meta.url),
    query: {
      functionRevisions: (_, { ref }: Ref, { caller }) => listRevisions(caller.kube, toKey(functions, ref)),
      functionDiagnosis: (_, { ref }: Ref, { caller }) =>
        diagnoseFunction(caller.kube, toKey(functions, ref)),
      functionTypings: () => readFile(typings, "utf8"),
    },
    mutation: {
      saveFunction: (_, args: Ref & { edit: unknown; base: unknown; force: boolean }, { caller }) => {
        if (!baseShape.safeParse(args.base).success) throw badInput("base is not a Function");
        const edit = parseEdit(args.edit);
        const request = { edit, base: args.base as KymaFunction, force: args.force };
        return saveFunction(caller.kube, toKey(functions, args.ref), request);
      },
      revertFunction: (_, args: Ref & { revision: string }, { caller }) =>
        revertFunction(caller.kube, toKey(functions, args.ref), args.revision),
      runFunction: (_, args: Ref & { request: RunRequest }, { caller, signal }) => {
        toKey(functions, args.ref);
        return runFunction(caller.kube, args.ref, args.request, signal);
      },
    },
  };
}
