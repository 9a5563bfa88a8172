import { latest } from "../graphql/latest.ts";
import type { GraphqlContext } from "../graphql/context.ts";
import { live, type Area } from "../graphql/schema.ts";
import { Kinds } from "../resources/kinds.ts";
import type { LiveSets } from "../resources/live-sets.ts";
import { debugPod, type DebugInput } from "./debug-pod.ts";
import { LogFeed } from "./log-feed.ts";
import { SelectedPods, selectPods, type LogSourceInput } from "./log-source.ts";
import { logOptions, resumeTokens } from "./options.ts";

interface LogArguments {
  source: LogSourceInput;
  options?: unknown;
  resume?: unknown;
}

/** Least pause between two batches. */
const pauseMs = 50;

/** Logs of pods and workloads, and the container that helps where there is no shell. */
export function logsArea(liveSets: LiveSets): Area {
  const kinds = new Kinds();
  return {
    sdl: new URL("./schema.graphql", import.meta.url),
    mutation: {
      debugPod: (_, args: DebugInput, context) => debugPod(args, context),
    },
    subscription: {
      logs: live(async (_, args: LogArguments, { caller }: GraphqlContext) => {
        const options = logOptions.parse(args.options ?? {});
        const resume = resumeTokens.parse(args.resume) ?? undefined;
        const selection = await selectPods({ kinds, caller }, args.source);
        const feed = new LogFeed({
          kube: caller.kube,
          pods: new SelectedPods(liveSets, caller, selection),
          options,
          resume,
          pod: selection.pod,
        });
        return latest(feed, pauseMs);
      }),
    },
  };
}
