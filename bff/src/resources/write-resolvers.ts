import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import type { GraphqlContext } from "../graphql/context.ts";
import { badInput, userError } from "../graphql/errors.ts";
import type { RootResolvers } from "../graphql/schema.ts";
import { applyEdited } from "./apply-yaml.ts";
import { consoleManager, refuseMasked, type ApplyResult, type ApplySwitches } from "./apply.ts";
import type { Kinds } from "./kinds.ts";
import { checkName, checkNamespace, toKey, type RefInput } from "./references.ts";
import { presentable } from "./secret-values.ts";
import { fromYaml, toObject } from "./yaml-text.ts";

export function writeResolvers(kinds: Kinds): RootResolvers {
  return {
    createObject: async (_, args: { object: unknown } & ApplySwitches, { caller }) => {
      const object = toObject(args.object);
      const type = await typeOf(kinds, object, caller);
      return create(caller, type, object, args);
    },
    applyYaml: (_, args: YamlInput, context) => applyYaml(kinds, args, context),
    patchObject: async (_, args: PatchInput, { caller }) => {
      const type = await kinds.resolve(caller, args.ref.type);
      const key = toKey(type, args.ref);
      const { patch } = args;
      if (typeof patch !== "object" || patch === null)
        throw badInput("a patch is a JSON object or, for type JSON, a list");
      if (!Array.isArray(patch)) refuseMasked(patch as UnknownObject);
      const written = await caller.kube.patch<UnknownObject>(type, key, patch, {
        type: patchTypes[args.type],
        manager: consoleManager,
        dryRun: args.dryRun,
        ...(args.subresource ? { subresource: checkName(args.subresource) } : {}),
      });
      return presentable(written);
    },
    deleteObject: async (
      _,
      { ref, uid, dryRun }: { ref: RefInput; uid?: string | null; dryRun: boolean },
      { caller },
    ) => {
      const type = await kinds.resolve(caller, ref.type);
      await caller.kube.delete(type, toKey(type, ref), { dryRun, ...(uid ? { uid } : {}) });
      return true;
    },
  };
}

interface YamlInput extends ApplySwitches {
  ref?: RefInput | null;
  yaml: string;
}

interface PatchInput {
  ref: RefInput;
  patch: unknown;
  type: keyof typeof patchTypes;
  subresource?: string | null;
  dryRun: boolean;
}

const patchTypes = { JSON: "json", MERGE: "merge", STRATEGIC: "strategic" } as const;

async function applyYaml(kinds: Kinds, args: YamlInput, { caller }: GraphqlContext): Promise<ApplyResult> {
  const object = fromYaml(args.yaml);
  if (args.ref) {
    const type = await kinds.resolve(caller, args.ref.type);
    return applyEdited(caller.kube, type, toKey(type, args.ref), object, args);
  }
  const type = await typeOf(kinds, object, caller);
  return { object: await create(caller, type, object, args), conflicts: [] };
}

async function create(
  caller: GraphqlContext["caller"],
  type: ResourceType,
  object: UnknownObject,
  switches: ApplySwitches,
): Promise<UnknownObject> {
  refuseMasked(object);
  if (object.metadata.namespace) checkNamespace(object.metadata.namespace);
  else if (type.namespaced) throw badInput(`${type.kind} needs metadata.namespace`);
  const created = await caller.kube.create<UnknownObject>(type, object, {
    manager: consoleManager,
    dryRun: switches.dryRun ?? false,
  });
  return presentable(created);
}

/** The served resource of an object's apiVersion and kind. */
export async function typeOf(
  kinds: Kinds,
  object: UnknownObject,
  caller: GraphqlContext["caller"],
): Promise<ResourceType> {
  const [group, version] = object.apiVersion.includes("/")
    ? object.apiVersion.split("/")
    : ["", object.apiVersion];
  const isAsked = (one: ResourceType): boolean => one.group === group && one.kind === object.kind;
  // A kind that was installed a moment ago is not in the remembered list.
  const served = (await kinds.all(caller)).find(isAsked) ?? (await kinds.all(caller, 0)).find(isAsked);
  if (!served || version === undefined) {
    throw userError("NOT_FOUND", `the cluster does not serve kind ${object.kind} in ${object.apiVersion}`);
  }
  return kinds.resolve(caller, { group: served.group, version, plural: served.plural });
}
