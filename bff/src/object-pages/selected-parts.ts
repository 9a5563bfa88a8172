import {
  getArgumentValues,
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { badInput } from "../graphql/errors.ts";

/** A field of the message that the query asks for, with its arguments. */
export interface SelectedPart {
  field: string;
  args: Readonly<Record<string, unknown>>;
}

/** The fields of ObjectPageMessage that a subscription selects, fragments spread. Pure. */
export function selectedParts(info: GraphQLResolveInfo): SelectedPart[] {
  const message = info.schema.getType("ObjectPageMessage") as GraphQLObjectType;
  const fields = message.getFields();
  const parts = new Map<string, SelectedPart>();
  for (const node of info.fieldNodes.flatMap(({ selectionSet }) => fieldsOf(info, selectionSet))) {
    const field = node.name.value;
    const declared = fields[field];
    if (!declared) continue;
    const args = getArgumentValues(declared, node, info.variableValues);
    const known = parts.get(field);
    // One value per message: the same part with two sets of arguments would need two.
    if (known && JSON.stringify(known.args) !== JSON.stringify(args))
      throw badInput(`"${field}" is selected twice with different arguments`);
    parts.set(field, { field, args });
  }
  return [...parts.values()];
}

function fieldsOf(info: GraphQLResolveInfo, set: SelectionSetNode | undefined): FieldNode[] {
  return (set?.selections ?? [])
    .filter((node) => isIncluded(info, node))
    .flatMap((node) => {
      if (node.kind === Kind.FIELD) return [node];
      if (node.kind === Kind.INLINE_FRAGMENT) return fieldsOf(info, node.selectionSet);
      return fieldsOf(info, info.fragments[node.name.value]?.selectionSet);
    });
}

function isIncluded(info: GraphQLResolveInfo, node: SelectionNode): boolean {
  const variables = info.variableValues as never;
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.["if"] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.["if"] !== false;
}
