import type { ResourceType } from "@kyma/kube/objects.ts";
import type { Caller } from "../graphql/context.ts";
import type { LiveSets } from "../resources/live-sets.ts";
import type { RowShape } from "./row-upstream.ts";
import { rowUpstream } from "./row-upstream.ts";
import { TableSource } from "./table-source.ts";

/** What a list is about. */
export interface Scope {
  type: ResourceType;
  /** Undefined: all. */
  namespaces: readonly string[] | undefined;
  labelSelector: string | undefined;
  fieldSelector: string | undefined;
}

interface Shared {
  source: TableSource;
  readers: number;
  linger?: NodeJS.Timeout | undefined;
}

/** All lists that are looked at: one source per identity and scope, whoever reads it and in whatever order. */
export class Tables {
  readonly #liveSets: LiveSets;
  readonly #lingerMs: number;
  readonly #shared = new Map<string, Shared>();

  constructor(liveSets: LiveSets, lingerMs = 3000) {
    this.#liveSets = liveSets;
    this.#lingerMs = lingerMs;
  }

  /** `leave` must be called once. */
  join(caller: Caller, scope: Scope, shape: RowShape): { source: TableSource; leave: () => void } {
    const key = keyOf(caller, scope, shape);
    const found = this.#shared.get(key);
    // One that failed is left to its readers; who comes now tries anew.
    const usable = found && found.source.failure === undefined && found.source.forbidden.length === 0;
    const shared = usable ? found : { source: this.#open(caller, scope, shape), readers: 0 };
    this.#shared.set(key, shared);
    shared.readers += 1;
    clearTimeout(shared.linger);
    let left = false;
    const leave = (): void => {
      if (left) return;
      left = true;
      shared.readers -= 1;
      if (shared.readers === 0)
        shared.linger = setTimeout(() => this.#close(key, shared), this.#lingerMs).unref();
    };
    return { source: shared.source, leave };
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

  #close(key: string, shared: Shared): void {
    shared.source.close();
    if (this.#shared.get(key) === shared) this.#shared.delete(key);
  }
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
