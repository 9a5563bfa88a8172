import { ApiError, ConflictError, NotFoundError } from "@kyma/kube/errors.ts";
import { keyOf, type ResourceType, type UnknownObject } from "@kyma/kube/objects.ts";
import { namespaces } from "@kyma/kube/resource-types.ts";
import { GraphQLError } from "graphql";
import { isDeepStrictEqual } from "node:util";
import type { Caller } from "../graphql/context.ts";
import { badInput } from "../graphql/errors.ts";
import { consoleManager, fieldConflicts, refuseMasked } from "../resources/apply.ts";
import type { Kinds } from "../resources/kinds.ts";
import { checkNamespace, toKey } from "../resources/references.ts";
import { typeOf } from "../resources/write-resolvers.ts";
import { applyChanges } from "./apply-changes.ts";
import { diff } from "./changes.ts";
import { isClientSideApplied, isClientSideManager, lastApplied, migrated } from "./csa-migration.ts";
import { withoutStatus } from "./editable.ts";
import type { FieldSchema } from "./field-schema.ts";
import { ManifestFault, readManifests, type Manifest } from "./manifest-text.ts";
import { appliedEntry, otherOwners, ownedValues } from "./managed-fields.ts";
import { isRefusal, unknownField, type ShownConflict } from "./save.ts";
import { diffTexts, isHidden, withoutSecrets } from "./texts.ts";
import { lineOfField } from "./yaml-source.ts";

export interface ManifestInput {
  yaml: string;
  namespace?: string | null;
  firstLine: number;
  force: boolean;
  dryRun: boolean;
}

export interface ManifestOutcome {
  outcome: "CREATED" | "CONFIGURED" | "UNCHANGED" | "REFUSED";
  apiVersion: string;
  kind: string;
  namespace: string | null;
  name: string;
  plural: string | null;
  message: string;
  line: number;
  conflicts: ShownConflict[];
  pending: boolean;
  stored: string | null;
  result: string | null;
}

/** What applying needs besides the input. */
export interface Uploads {
  caller: Caller;
  kinds: Kinds;
  schemaOf: (type: ResourceType) => Promise<FieldSchema>;
}

/** Applies the objects of one document in turn; each has its own outcome. */
export async function applyManifest(uploads: Uploads, input: ManifestInput): Promise<ManifestOutcome[]> {
  try {
    const outcomes: ManifestOutcome[] = [];
    for (const manifest of readManifests(input.yaml))
      outcomes.push(await outcomeOf(uploads, input, manifest));
    return outcomes;
  } catch (error) {
    if (!(error instanceof ManifestFault)) throw error;
    const line = input.firstLine + error.line - 1;
    return [{ ...blank, outcome: "REFUSED", message: error.message, line }];
  }
}

const blank = {
  apiVersion: "",
  kind: "",
  namespace: null,
  name: "",
  plural: null,
  message: "",
  conflicts: [] as ShownConflict[],
  pending: false,
  stored: null,
  result: null,
};

async function outcomeOf(
  uploads: Uploads,
  input: ManifestInput,
  manifest: Manifest,
): Promise<ManifestOutcome> {
  const { object } = manifest;
  const namespace = object.metadata.namespace ?? input.namespace ?? null;
  const name = object.metadata.name ?? object.metadata.generateName ?? "";
  const line = input.firstLine + manifest.line - 1;
  const about = { ...blank, apiVersion: object.apiVersion, kind: object.kind, namespace, name, line };
  let type: ResourceType | undefined;
  try {
    type = await typeOf(uploads.kinds, object, uploads.caller);
    const placed = placedObject(type, object, input.namespace);
    const known = { ...about, plural: type.plural, namespace: type.namespaced ? namespace : null };
    const done = await applyOne(uploads, input, type, placed);
    return { ...known, ...done };
  } catch (error) {
    const refused = refusal(error, { type, input, manifest });
    return { ...about, plural: type?.plural ?? null, outcome: "REFUSED", ...refused };
  }
}

function placedObject(
  type: ResourceType,
  object: UnknownObject,
  namespace: string | null | undefined,
): UnknownObject {
  refuseMasked(object);
  const { managedFields: _, resourceVersion: __, uid: ___, ...metadata } = object.metadata;
  if (!type.namespaced) return { ...object, metadata };
  const place = metadata.namespace ?? namespace;
  if (!place) throw badInput(`${type.kind} needs metadata.namespace`);
  return { ...object, metadata: { ...metadata, namespace: checkNamespace(place) } };
}

type Done = Pick<ManifestOutcome, "outcome" | "message" | "stored" | "result">;

async function applyOne(
  { caller: { kube }, schemaOf }: Uploads,
  { dryRun, force }: ManifestInput,
  type: ResourceType,
  object: UnknownObject,
): Promise<Done> {
  const options = { manager: consoleManager, dryRun, fieldValidation: "Strict" } as const;
  if (!object.metadata.name) {
    if (!object.metadata.generateName) throw badInput("metadata.name is missing");
    const made = await kube.create<UnknownObject>(type, object, options);
    return {
      outcome: "CREATED",
      message: dryRun ? "" : `as ${made.metadata.name}`,
      ...diffTexts(undefined, made),
    };
  }
  const key = toKey(type, object.metadata);
  const live = await kube.get<UnknownObject>(type, key).catch((error: unknown) => {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  });
  if (!live) {
    const made = await kube.apply<UnknownObject>(type, object, options);
    return { outcome: "CREATED", message: "", ...diffTexts(undefined, made) };
  }
  const wasClientSide = isClientSideApplied(live);
  const applied = wasClientSide
    ? await applyOverKubectl({ kube, type, object, live, schema: await schemaOf(type), dryRun, force })
    : await kube.apply<UnknownObject>(type, object, { ...options, force });
  const same = isDeepStrictEqual(withoutStatus(live), withoutStatus(applied));
  return { outcome: same ? "UNCHANGED" : "CONFIGURED", message: "", ...diffTexts(live, applied) };
}

interface OverKubectl {
  kube: Caller["kube"];
  type: ResourceType;
  object: UnknownObject;
  live: UnknownObject;
  schema: FieldSchema;
  dryRun: boolean;
  force: boolean;
}

/**
 * The object came from `kubectl apply`. As kubectl does when it changes to server-side apply: its fields become ours first, so that what the
 * manifest leaves out goes; and the manifest is noted as applied last, so that a later `kubectl apply` compares with it.
 */
async function applyOverKubectl(given: OverKubectl): Promise<UnknownObject> {
  const { kube, type, object, live, schema, dryRun, force } = given;
  const key = keyOf(live);
  const managedFields = migrated(live, consoleManager);
  const options = { manager: consoleManager, fieldValidation: "Strict" } as const;
  const strict = await kube
    .apply<UnknownObject>(type, object, { ...options, dryRun: true, force })
    .catch((error: unknown) => {
      const owners = error instanceof ConflictError ? fieldConflicts(error.causes) : [];
      if (owners.length === 0 || !owners.every(({ manager }) => isClientSideManager(manager))) throw error;
      return kube.apply<UnknownObject>(type, object, { ...options, dryRun: true, force: true });
    });
  if (dryRun) return withoutLeftOut(schema, { live, object, result: strict, managedFields });
  const version = { op: "replace", path: "/metadata/resourceVersion", value: live.metadata.resourceVersion };
  const fields = { op: "replace", path: "/metadata/managedFields", value: managedFields };
  await kube.patch(type, key, [version, fields], { type: "json" });
  const applied = await kube.apply<UnknownObject>(type, object, { ...options, force });
  const { annotations: { [lastApplied]: _, ...annotations } = {}, ...metadata } = object.metadata;
  const noted = { ...object, metadata: { ...metadata, annotations } };
  const note = { [lastApplied]: `${JSON.stringify(noted)}\n` };
  const noting = {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: { ...key, annotations: note },
  };
  await kube.apply(type, noting, { manager: "kubectl-last-applied", force: true });
  return applied;
}

/** What the real apply will also remove: fields of kubectl's manifest that this one leaves out and nobody else owns. */
function withoutLeftOut(
  schema: FieldSchema,
  parts: {
    live: UnknownObject;
    object: UnknownObject;
    result: UnknownObject;
    managedFields: NonNullable<UnknownObject["metadata"]["managedFields"]>;
  },
): UnknownObject {
  const { live, object, result, managedFields } = parts;
  const after: UnknownObject = { ...live, metadata: { ...live.metadata, managedFields } };
  const owned = ownedValues(schema, live, appliedEntry(after, consoleManager));
  const gone = diff(schema, owned, object).filter(
    ({ kind, path }) => kind === "remove" && otherOwners(after, path, consoleManager).length === 0,
  );
  return applyChanges(schema, result, gone);
}

interface RefusedWhere {
  type: ResourceType | undefined;
  input: ManifestInput;
  manifest: Manifest;
}

function refusal(
  error: unknown,
  { type, input, manifest }: RefusedWhere,
): Partial<ManifestOutcome> & { message: string } {
  const { object, prefix } = manifest;
  if (error instanceof ConflictError && fieldConflicts(error.causes).length > 0)
    return conflictRefusal(error, object);
  if (error instanceof ApiError) {
    const field = isRefusal(error)
      ? (error.details.causes?.[0] ?? unknownField(error.message))?.field
      : undefined;
    const line = field ? lineOfField(input.yaml, prefix + field) : undefined;
    const noNamespace = error instanceof NotFoundError && error.details.kind === namespaces.plural;
    const message = noNamespace ? `namespace "${error.details.name}" does not exist` : error.message;
    return {
      message: withoutSecrets(message, object),
      pending: noNamespace,
      ...(line ? { line: input.firstLine + line - 1 } : {}),
    };
  }
  if (error instanceof GraphQLError) {
    const line = lineOfField(input.yaml, prefix + (type ? "metadata.name" : "kind"));
    return {
      message: error.message,
      pending: type === undefined,
      ...(line ? { line: input.firstLine + line - 1 } : {}),
    };
  }
  throw error;
}

function conflictRefusal(
  error: ConflictError,
  object: UnknownObject,
): { message: string; conflicts: ShownConflict[] } {
  const conflicts = fieldConflicts(error.causes).map(({ manager, field }) => ({
    reason: "OWNED",
    field,
    managers: [manager],
    base: null,
    theirs: null,
    mine: isHidden(object, [{ field: field.split(".")[1] ?? "" }]) ? "••••" : null,
  }));
  const owners = [...new Set(conflicts.flatMap(({ managers }) => managers))].join(", ");
  const fields = conflicts.map(({ field }) => field).join(", ");
  return { message: `${owners} owns ${fields}; take over to write it all the same`, conflicts };
}
