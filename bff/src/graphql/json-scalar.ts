import { GraphQLScalarType, valueFromASTUntyped } from "graphql";

/** Any JSON value, passed through untouched. */
export const jsonScalar = new GraphQLScalarType<unknown, unknown>({
  name: "JSON",
  serialize: (value) => value,
  parseValue: (value) => value,
  // Literals in the query become the same plain objects that variables are.
  parseLiteral: (node, variables) =>
    JSON.parse(JSON.stringify(valueFromASTUntyped(node, variables) ?? null)) as unknown,
});
