import type { Caller } from "../graphql/context.ts";
import { badInput } from "../graphql/errors.ts";
import type { Kinds, TypeInput } from "../resources/kinds.ts";
import { checkNamespace } from "../resources/references.ts";
import type { Scope } from "./tables.ts";

/** TableScope of the SDL. */
export interface ScopeInput {
  type: TypeInput;
  namespaces?: readonly string[] | null;
  labelSelector?: string | null;
  fieldSelector?: string | null;
}

const mostNamespaces = 100;
const longestSelector = 2000;

/** Kinds that are in no namespace ignore the choice of namespaces, which holds for the whole console. */
export async function toScope(kinds: Kinds, caller: Caller, input: ScopeInput): Promise<Scope> {
  const namespaces = [...new Set(input.namespaces ?? [])].map(checkNamespace).toSorted();
  if (namespaces.length > mostNamespaces)
    throw badInput(`at most ${mostNamespaces} namespaces can be chosen; choose all of them instead`);
  for (const selector of [input.labelSelector, input.fieldSelector]) {
    if (selector && selector.length > longestSelector)
      throw badInput(`a selector may have at most ${longestSelector} characters`);
  }
  const type = await kinds.resolve(caller, input.type);
  return {
    type,
    namespaces: type.namespaced && namespaces.length > 0 ? namespaces : undefined,
    labelSelector: input.labelSelector?.trim() || undefined,
    fieldSelector: input.fieldSelector?.trim() || undefined,
  };
}
