import type { GraphQLResolveInfo } from "graphql";
import { createSchema, type GraphQLSchemaWithContext } from "graphql-yoga";
import { readFileSync } from "node:fs";
import type { GraphqlContext } from "./context.ts";
import { jsonScalar } from "./json-scalar.ts";

// What a resolver returns is checked by the schema when it is executed.
type Resolve<Args> = (
  parent: unknown,
  args: Args,
  context: GraphqlContext,
  info: GraphQLResolveInfo,
) => unknown;
/** Resolvers of one root type. `never` lets each area declare the arguments that its own SDL promises. */
export type RootResolvers = Record<string, Resolve<never>>;
export type SubscriptionResolvers = Record<
  string,
  { subscribe: Resolve<never>; resolve(message: unknown): unknown }
>;

/** One domain of the API: its SDL and what answers it. */
export interface Area {
  /** Absent: its fields stand in graphql/schema.graphql. */
  sdl?: URL;
  query?: RootResolvers;
  mutation?: RootResolvers;
  subscription?: SubscriptionResolvers;
}

/** A subscription field whose messages are what the field returns. */
export function live<Args>(subscribe: Resolve<Args>): {
  subscribe: Resolve<never>;
  resolve(message: unknown): unknown;
} {
  return { subscribe, resolve: (message) => message };
}

/** Puts the areas together; throws when the SDL is wrong or a root field is answered by nobody. */
export function buildSchema(areas: Area[]): GraphQLSchemaWithContext<GraphqlContext> {
  const sdl = [new URL("./schema.graphql", import.meta.url), ...areas.flatMap((area) => area.sdl ?? [])];
  const resolvers = {
    Query: Object.assign({}, ...areas.map((area) => area.query)) as RootResolvers,
    Mutation: Object.assign({}, ...areas.map((area) => area.mutation)) as RootResolvers,
    Subscription: Object.assign({}, ...areas.map((area) => area.subscription)) as SubscriptionResolvers,
  };
  const schema = createSchema<GraphqlContext>({
    typeDefs: sdl.map((file) => readFileSync(file, "utf8")),
    resolvers: { ...resolvers, JSON: jsonScalar } as never,
  });
  for (const [type, fields] of Object.entries(resolvers)) {
    const declared = schema.getType(type);
    const names = declared && "getFields" in declared ? Object.keys(declared.getFields()) : [];
    const missing = names.filter((name) => !Object.hasOwn(fields, name));
    if (missing.length) throw new Error(`no area answers ${type}.${missing.join(", ")}`);
  }
  return schema;
}
