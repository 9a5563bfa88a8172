import { ApiError, ConflictError, InvalidError, NotFoundError } from "@kyma/kube/errors.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import type { ObjectKey, ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { isDeepStrictEqual } from "node:util";
import { badInput, userError } from "../graphql/errors.ts";
import { consoleManager, fieldConflicts } from "../resources/apply.ts";
import { checkIdentity } from "../resources/apply-yaml.ts";
import { mask, isSecret, presentable } from "../resources/secret-values.ts";
import { fromYaml } from "../resources/yaml-text.ts";
import { diff, type Change } from "./changes.ts";
import { editable } from "./editable.ts";
import { pathText, valueAt } from "./field-paths.ts";
import type { FieldSchema } from "./field-schema.ts";
import { jsonPatch } from "./json-patch.ts";
import { planSave, type Choices, type Conflict, type Edit, type Plan } from "./save-plan.ts";
import { diffTexts, isHidden, shownValue, withoutSecrets } from "./texts.ts";
import { lineOfField } from "./yaml-source.ts";
import { editYaml } from "./yaml-splice.ts";

/** What to write: the object that the person sees, its schema, and both texts. */
export interface SaveRequest {
  kube: KubeClient;
  type: ResourceType;
  key: ObjectKey;
  schema: FieldSchema;
  base: string;
  text: string;
  choices: Choices;
  dryRun: boolean;
}

export interface ShownConflict {
  reason: string;
  field: string;
  managers: string[];
  base: string | null;
  theirs: string | null;
  mine: string | null;
}

export interface Refusal {
  message: string;
  causes: { field: string; message: string; line: number | null }[];
}

export interface SaveResult {
  conflicts: ShownConflict[];
  refusal: Refusal | null;
  stored: string;
  result: string | null;
  method: "NOTHING" | "APPLY" | "JSON_PATCH";
  fields: string[];
  ignored: { field: string; mine: string | null; result: string | null }[];
  text: string | null;
}

/** An object that is changed many times a second gets so many tries before its version is no longer tested. */
const mostTries = 12;
/** And so many without: the API server itself gives up an apply after a few lost races. */
const mostBlindTries = 48;

/** Writes the person's changes onto whatever the object is now; see saveYaml in the schema. */
export async function saveYaml(request: SaveRequest): Promise<SaveResult> {
  const { kube, type, key, schema } = request;
  const base = fromYaml(request.base);
  const edited = fromYaml(request.text);
  checkIdentity(type, key, edited);
  const mine = diff(schema, editable(base), editable(edited));
  refuseMasks(edited, mine);
  for (let tries = 1; ; tries += 1) {
    const live = await readLive(kube, type, key, base);
    const edit = { type, schema, base, mine, live, shown: presentable(live), choices: request.choices };
    const plan = planSave(edit);
    if (plan.method === "CONFLICT") return unwritten(edit, { conflicts: plan.conflicts });
    try {
      const result = await write(request, live, plan, tries >= mostTries);
      return written(request, edit, plan, { edited, result });
    } catch (error) {
      if (error instanceof ConflictError && fieldConflicts(error.causes).length > 0)
        return unwritten(edit, { conflicts: namedConflicts(edit, error) });
      if (error instanceof ConflictError && tries < mostTries + mostBlindTries) continue;
      if (isRefusal(error)) return unwritten(edit, { refusal: refusalOf(error, edited, request.text) });
      throw error;
    }
  }
}

async function readLive(
  kube: KubeClient,
  type: ResourceType,
  key: ObjectKey,
  base: UnknownObject,
): Promise<UnknownObject> {
  try {
    const live = await kube.get<UnknownObject>(type, key);
    const { uid } = base.metadata;
    if (uid === undefined || uid === live.metadata.uid) return live;
    throw userError(
      "CONFLICT",
      `${type.kind} "${key.name}" was deleted and made anew since you began; copy your text, then load it again`,
    );
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    throw userError(
      "NOT_FOUND",
      `${type.kind} "${key.name}" was deleted meanwhile; your text is still in the editor, and Create makes it anew`,
    );
  }
}

/** `blind`: after many lost races an apply that takes nothing from others goes without the version; the uid keeps it from making a new object. */
async function write(
  { kube, type, key, dryRun }: SaveRequest,
  live: UnknownObject,
  plan: Exclude<Plan, { method: "CONFLICT" }>,
  blind: boolean,
): Promise<UnknownObject> {
  const options = { manager: consoleManager, dryRun, fieldValidation: "Strict" } as const;
  if (plan.method === "NOTHING") return live;
  if (plan.method === "APPLY") {
    const { resourceVersion, ...metadata } = plan.manifest.metadata;
    const guard = blind && !plan.force ? { uid: live.metadata.uid ?? "" } : { resourceVersion };
    const manifest = { ...plan.manifest, metadata: { ...metadata, ...guard } } as UnknownObject;
    return kube.apply<UnknownObject>(type, manifest, { ...options, force: plan.force });
  }
  const version = { op: "replace", path: "/metadata/resourceVersion", value: live.metadata.resourceVersion };
  const operations = [version, ...jsonPatch(live, plan.desired)];
  return kube.patch<UnknownObject>(type, key, operations, { ...options, type: "json" });
}

function written(
  { schema, text, dryRun }: SaveRequest,
  { live }: Edit,
  plan: Exclude<Plan, { method: "CONFLICT" }>,
  { edited, result }: { edited: UnknownObject; result: UnknownObject },
): SaveResult {
  const ignored = plan.changes.filter((change) => wasIgnored(schema, result, change));
  return {
    conflicts: [],
    refusal: null,
    ...diffTexts(live, result),
    method: plan.method,
    fields: plan.changes.map(({ path }) => pathText(path)),
    ignored: ignored.map(({ path, after }) => ({
      field: pathText(path),
      mine: shownValue(live, path, after),
      result: shownValue(live, path, valueAt(schema, result, path)),
    })),
    text: dryRun ? null : editYaml(schema, text, diff(schema, edited, presentable(result))),
  };
}

function wasIgnored(schema: FieldSchema, result: UnknownObject, { kind, path, after }: Change): boolean {
  const [first] = path;
  if (kind === "order" || (isSecret(result) && first && "field" in first && first.field === "stringData"))
    return false;
  const now = valueAt(schema, result, path);
  // A new list entry gets defaults: what the person wrote must be in it.
  if (typeof after === "object" && after !== null && now !== undefined)
    return diff(schema, now, after).some((change) => change.kind === "set");
  return !isDeepStrictEqual(now, after);
}

function unwritten(
  edit: Edit,
  { conflicts = [], refusal = null }: { conflicts?: Conflict[]; refusal?: Refusal | null },
): SaveResult {
  return {
    conflicts: conflicts.map((conflict) => shownConflict(edit, conflict)),
    refusal,
    stored: diffTexts(edit.live, edit.live).stored,
    result: null,
    method: "NOTHING",
    fields: edit.mine.map(({ path }) => pathText(path)),
    ignored: [],
    text: null,
  };
}

export function shownConflict(edit: Pick<Edit, "live" | "mine">, conflict: Conflict): ShownConflict {
  const path = edit.mine.find((change) => pathText(change.path) === conflict.field)?.path ?? [];
  const hidden = isHidden(edit.live, path);
  const show = (value: unknown): string | null =>
    shownValue(edit.live, path, value !== undefined && hidden ? mask : value);
  const { base, theirs, mine } = conflict;
  return { ...conflict, base: show(base), theirs: show(theirs), mine: show(mine) };
}

/** What the API server names although the plan saw no conflict; the fields are matched to the person's changes. */
function namedConflicts(edit: Edit, error: ConflictError): Conflict[] {
  return fieldConflicts(error.causes).map(({ manager, field }) => {
    const change = edit.mine.find(({ path }) => pathText(path) === field);
    const theirs = change && valueAt(edit.schema, edit.shown, change.path);
    return { reason: "OWNED", field, managers: [manager], base: change?.before, theirs, mine: change?.after };
  });
}

/** The API server answers 500 to an apply whose fields do not fit the kind: its sentence says which. */
export function isRefusal(error: unknown): error is ApiError {
  return error instanceof InvalidError || (error instanceof ApiError && error.status === 500);
}

export function refusalOf(error: ApiError, edited: UnknownObject, text: string): Refusal {
  const named = error.details.causes ?? [unknownField(error.message)].filter((cause) => cause !== undefined);
  const causes = named.map(({ field = "", message = "" }) => ({
    field,
    message: withoutSecrets(message, edited),
    line: (field && lineOfField(text, field)) || null,
  }));
  return { message: withoutSecrets(error.message, edited), causes };
}

/** `….spec.replcas: field not declared in schema`, and `strict decoding error: unknown field "spec.replcas"`. */
export function unknownField(message: string): { field: string; message: string } | undefined {
  const found =
    /: \.(?<field>[^\s:]+): (?<what>field not declared in schema|expected [^,]+)/.exec(message) ??
    /(?<what>unknown field|duplicate field) "(?<field>[^"]+)"/.exec(message);
  const { field, what } = found?.groups ?? {};
  return field === undefined ? undefined : { field, message: what ?? "" };
}

/** A Secret's mask that was typed, moved or copied must not become its value. */
function refuseMasks(edited: UnknownObject, mine: readonly Change[]): void {
  if (!isSecret(edited)) return;
  const masked = mine.find(
    ({ path, after }) => isHidden(edited, path) && JSON.stringify(after ?? null).includes(mask),
  );
  if (masked)
    throw badInput(
      `the value of ${pathText(masked.path)} is masked; give the real value or leave it as it was`,
    );
}
