import type { ResourceType } from "@kyma/kube/objects.ts";
import type { Caller } from "../graphql/context.ts";
import type { LiveSets } from "../resources/live-sets.ts";
import { SharedByKey } from "../resources/shared-by-key.ts";
import { rowUpstream, type RowShape } from "./row-upstream.ts";
import { TableSource } from "./table-source.ts";

/** What a list is about. */
export interface Scope {
  type: ResourceType;
  /** Undefined: all. */
  namespaces: readonly string[] | undefined;
  labelSelector: string | undefined;
  fieldSelector: string | undefined;
}

/** All lists that are looked at: one source per identity and scope, whoever reads it and in whatever order. */
export class Tables {
  readonly #liveSets: LiveSets;
  readonly #lingerMs: number;
  readonly #shared: SharedByKey<TableSource>;

  constructor(liveSets: LiveSets, lingerMs = 3000) {
    this.#liveSets = liveSets;
    this.#lingerMs = lingerMs;
    this.#shared = new SharedByKey(lingerMs, (source) => source.close());
  }

  /** `leave` must be called once. */
  join(caller: Caller, scope: Scope, shape: RowShape): { source: TableSource; leave: () => void } {
    const key = keyOf(caller, scope, shape);
    const open = (): TableSource => this.#open(caller, scope, shape);
    const { value, leave } = this.#shared.join(key, open, isUsable);
    return { source: value, leave };
  }

  #open(caller: Caller, scope: Scope, shape: RowShape): TableSource {
    const { type, labelSelector, fieldSelector } = scope;
    const parts = (scope.namespaces ?? [undefined]).map((namespace) => {
      const one = { ...scope, namespaces: namespace === undefined ? undefined : [namespace] };
      const selection = { namespace, labelSelector, fieldSelector };
      const joined = this.#liveSets.join(keyOf(caller, one, shape), () =>
        rowUpstream(caller.kube, type, selection, shape),
      );
      return { namespace, ...joined };
    });
    return new TableSource(parts, this.#lingerMs);
  }
}

/** One that failed is left to its readers; who comes now tries anew. */
function isUsable({ failure, forbidden }: TableSource): boolean {
  return failure === undefined && forbidden.length === 0;
}

/** Names everything that decides what is in a list, the identity first. */
function keyOf(caller: Caller, scope: Scope, shape: RowShape): string {
  const { type, namespaces, labelSelector, fieldSelector } = scope;
  return JSON.stringify([
    caller.identity,
    "rows",
    [type.group, type.version, type.plural],
    namespaces,
    labelSelector,
    fieldSelector,
    shape.objects,
    shape.extract.map(({ text }) => text),
  ]);
}
