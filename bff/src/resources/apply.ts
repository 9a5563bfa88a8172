import type { StatusCause } from "@kyma/kube/errors.ts";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import { badInput } from "../graphql/errors.ts";
import { maskedKeys } from "./secret-values.ts";

/** The field manager of everything that a person writes in the console. */
export const consoleManager = "kyma-console";

export interface FieldConflict {
  manager: string;
  field: string;
  message: string;
}

export interface ApplyResult {
  object: UnknownObject | null;
  conflicts: FieldConflict[];
}

export interface ApplySwitches {
  force?: boolean | null;
  dryRun?: boolean | null;
}

/** The causes of a 409 name the manager only in their text: `conflict with "kubectl-client-side-apply" using apps/v1`. */
export function fieldConflicts(causes: StatusCause[]): FieldConflict[] {
  return causes
    .filter(({ reason }) => reason === "FieldManagerConflict")
    .map(({ field = "", message = "" }) => ({ manager: managerIn(message), field, message }));
}

function managerIn(message: string): string {
  return /conflict with "((?:[^"\\]|\\.)*)"/.exec(message)?.[1] ?? "another manager";
}

/** A Secret value that is still masked must not overwrite the real one. */
export function refuseMasked(object: UnknownObject): void {
  const keys = maskedKeys(object);
  if (keys.length)
    throw badInput(
      `the value of ${keys.map((key) => `"${key}"`).join(", ")} is masked; give the real value or leave the key out`,
    );
}
