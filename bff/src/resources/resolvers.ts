import type { KubeObject, UnknownObject } from "@kyma/kube/objects.ts";
import { NotFoundError } from "@kyma/kube/errors.ts";
import { secrets } from "@kyma/kube/resource-types.ts";
import type { GraphqlContext } from "../graphql/context.ts";
import { badInput, userError } from "../graphql/errors.ts";
import type { Area } from "../graphql/schema.ts";
import { Kinds, type TypeInput } from "./kinds.ts";
import type { LiveSets } from "./live-sets.ts";
import { liveResolvers } from "./live-resolvers.ts";
import { toKey, toSelection, type RefInput, type SelectionInput } from "./references.ts";
import { presentable } from "./secret-values.ts";
import { writeResolvers } from "./write-resolvers.ts";
import { toYaml } from "./yaml-text.ts";

/** Any kind of object: read, write, live views. */
export function resourcesArea(liveSets: LiveSets): Area {
  const kinds = new Kinds();
  return {
    sdl: new URL("./schema.graphql", import.meta.url),
    query: {
      apiResources: (_, __: unknown, { caller }) => kinds.all(caller),
      object: (_, args: { ref: RefInput }, context) => readObject(kinds, args.ref, context),
      objects: async (_, args: { type: TypeInput } & SelectionInput, { caller, signal }) => {
        const type = await kinds.resolve(caller, args.type);
        const { items } = await caller.kube.list<UnknownObject>(type, { ...toSelection(type, args), signal });
        return items.map((item) => presentable(item));
      },
      objectYaml: async (_, args: { ref: RefInput }, context) => {
        const object = await readObject(kinds, args.ref, context);
        if (!object)
          throw userError("NOT_FOUND", `${args.ref.type.plural} "${args.ref.name}" does not exist`);
        return toYaml(object);
      },
      revealSecret: (_, args: SecretKey, context) => revealSecret(args, context),
    },
    mutation: writeResolvers(kinds),
    subscription: liveResolvers(kinds, liveSets),
  };
}

async function readObject(
  kinds: Kinds,
  ref: RefInput,
  { caller, signal }: GraphqlContext,
): Promise<UnknownObject | null> {
  const type = await kinds.resolve(caller, ref.type);
  try {
    return presentable(await caller.kube.get<UnknownObject>(type, toKey(type, ref), { signal }));
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}

interface SecretKey {
  namespace: string;
  name: string;
  key: string;
}

async function revealSecret({ namespace, name, key }: SecretKey, context: GraphqlContext): Promise<string> {
  const { caller, log, signal } = context;
  const secret = await caller.kube.get<KubeObject & { data?: Record<string, string> }>(
    secrets,
    toKey(secrets, { namespace, name }),
    { signal },
  );
  const data = secret.data ?? {};
  const value = Object.hasOwn(data, key) ? data[key] : undefined;
  if (value === undefined) throw userError("NOT_FOUND", `Secret "${name}" has no key "${key.slice(0, 253)}"`);
  log.info({ user: caller.user, namespace, name, key }, "a Secret value was revealed");
  const bytes = Buffer.from(value, "base64");
  const text = bytes.toString("utf8");
  if (!Buffer.from(text, "utf8").equals(bytes)) throw badInput(`"${key}" is not text; read it with kubectl`);
  return text;
}
