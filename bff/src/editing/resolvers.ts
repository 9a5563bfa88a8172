import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import type { Caller, GraphqlContext } from "../graphql/context.ts";
import { badInput, userError } from "../graphql/errors.ts";
import type { Area } from "../graphql/schema.ts";
import { NotFoundError } from "@kyma/kube/errors.ts";
import { Kinds, type TypeInput } from "../resources/kinds.ts";
import { checkNamespace, toKey, type RefInput } from "../resources/references.ts";
import { FieldSchema } from "./field-schema.ts";
import { kindJsonSchema } from "./json-schema.ts";
import { applyManifest, type ManifestInput } from "./manifests.ts";
import { OpenApiDocuments } from "./openapi-documents.ts";
import { rebase, type Rebase } from "./rebase.ts";
import { saveYaml, type SaveResult } from "./save.ts";
import type { Side } from "./save-plan.ts";

const mostChoices = 1000;

interface RebaseInput {
  ref: RefInput;
  base: string;
  text: string;
}
interface SaveInput extends RebaseInput {
  choices: { field: string; take: Side }[];
  dryRun: boolean;
}

/** Editing of any kind: schemas, saves that collide with nobody unseen, uploads. */
export function editingArea(): Area {
  const kinds = new Kinds();
  const documents = new OpenApiDocuments();
  const schemaOf = (caller: Caller, type: ResourceType): Promise<FieldSchema> =>
    documents.definitions(caller, type).then(
      (definitions) => FieldSchema.of(definitions, type),
      // Without the cluster's documents lists are compared as a whole, which is right, only coarser.
      () => FieldSchema.of(undefined, type),
    );
  return {
    sdl: new URL("./schema.graphql", import.meta.url),
    query: {
      kindSchema: async (_, args: { type: TypeInput }, { caller }) => {
        const type = await kinds.resolve(caller, args.type);
        const definitions = await documents.definitions(caller, type);
        return (definitions && kindJsonSchema(definitions, type)) ?? null;
      },
      rebaseYaml: (_, args: RebaseInput, context) => rebaseYaml({ kinds, schemaOf }, args, context),
    },
    mutation: {
      saveYaml: (_, args: SaveInput, { caller }) => save({ kinds, schemaOf }, args, caller),
      applyManifest: (_, args: ManifestInput, { caller }) => {
        if (args.namespace) checkNamespace(args.namespace);
        return applyManifest({ caller, kinds, schemaOf: (type) => schemaOf(caller, type) }, args);
      },
    },
  };
}

interface Parts {
  kinds: Kinds;
  schemaOf: (caller: Caller, type: ResourceType) => Promise<FieldSchema>;
}

async function rebaseYaml(
  { kinds, schemaOf }: Parts,
  { ref, base, text }: RebaseInput,
  { caller, signal }: GraphqlContext,
): Promise<Rebase> {
  const type = await kinds.resolve(caller, ref.type);
  const live = await caller.kube
    .get<UnknownObject>(type, toKey(type, ref), { signal })
    .catch((error: unknown) => {
      if (!(error instanceof NotFoundError)) throw error;
      throw userError("NOT_FOUND", `${type.kind} "${ref.name}" does not exist any more`);
    });
  return rebase(await schemaOf(caller, type), live, base, text);
}

async function save(
  { kinds, schemaOf }: Parts,
  { ref, base, text, choices, dryRun }: SaveInput,
  caller: Caller,
): Promise<SaveResult> {
  if (choices.length > mostChoices) throw badInput(`more than ${mostChoices} choices`);
  const type = await kinds.resolve(caller, ref.type);
  const schema = await schemaOf(caller, type);
  const decided = new Map(choices.map(({ field, take }) => [field, take]));
  const key = toKey(type, ref);
  return saveYaml({ kube: caller.kube, type, key, schema, base, text, choices: decided, dryRun });
}
