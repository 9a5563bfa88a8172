import type { GraphqlContext } from "../graphql/context.ts";
import { live, type Area } from "../graphql/schema.ts";
import { Kinds } from "../resources/kinds.ts";
import { bulk, type BulkInput } from "./bulk.ts";
import { toScope, type ScopeInput } from "./scope-input.ts";
import type { Tables } from "./tables.ts";
import { WantedView, type ViewInput } from "./wanted-view.ts";
import { windowMessages } from "./window-messages.ts";
import { checkWindow, type WindowInput } from "./window-place.ts";

interface WindowArguments {
  scope: ScopeInput;
  view: ViewInput & WindowInput;
}

/** Lists of any kind: windows of them, and one thing done to many rows. */
export function tablesArea(tables: Tables, kinds = new Kinds()): Area {
  return {
    sdl: new URL("./schema.graphql", import.meta.url),
    mutation: {
      bulk: (_, args: { input: BulkInput }, context) => bulk(kinds, args.input, context),
    },
    subscription: {
      tableWindow: live(async (_, { scope, view }: WindowArguments, { caller }: GraphqlContext) => {
        const wanted = new WantedView(view);
        const window = checkWindow(view);
        const asked = await toScope(kinds, caller, scope);
        return windowMessages(() => tables.join(caller, asked, wanted.shape), wanted, window);
      }),
    },
  };
}
