import type { GraphqlContext } from "../graphql/context.ts";
import { badInput } from "../graphql/errors.ts";
import { live, type Area } from "../graphql/schema.ts";
import type { LiveSets } from "../resources/live-sets.ts";
import { checkName, checkNamespace } from "../resources/references.ts";
import { metricsMessages } from "./metrics-messages.ts";
import { metricsUpstream, type Source } from "./metrics-upstream.ts";

interface SourceInput {
  kind: Source["kind"];
  namespace?: string | null;
  name?: string | null;
  labelSelector?: string | null;
}

const longestSelector = 2000;

/** CPU and memory of pods and nodes. */
export function metricsArea(liveSets: LiveSets): Area {
  return {
    sdl: new URL("./schema.graphql", import.meta.url),
    subscription: {
      metrics: live((_, args: { source: SourceInput }, { caller }: GraphqlContext) => {
        const source = toSource(args.source);
        const key = JSON.stringify([caller.identity, "metrics", source]);
        return metricsMessages(() => liveSets.join(key, () => metricsUpstream(caller.kube, source)));
      }),
    },
  };
}

function toSource({ kind, namespace, name, labelSelector }: SourceInput): Source {
  if (kind === "NODE") return { kind, name: checkName(name ?? "") };
  const place = checkNamespace(namespace ?? "");
  if (kind === "POD") return { kind, namespace: place, name: checkName(name ?? "") };
  if (!labelSelector) throw badInput("the metrics of several pods need a label selector");
  if (labelSelector.length > longestSelector)
    throw badInput(`the label selector is longer than ${longestSelector} letters`);
  return { kind, namespace: place, labelSelector };
}
