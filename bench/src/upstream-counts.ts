import type { KubeClient } from "@kyma/kube/client.ts";

/** What the API server has to do for those who list pods of the whole cluster. */
export interface UpstreamCounts {
  /** Answered LIST requests since it started; each page counts. */
  lists: number;
  /** WATCH requests that are open now. */
  watches: number;
}

/** From the API server's own metrics. */
export async function countUpstream(kube: KubeClient): Promise<UpstreamCounts> {
  const lines = (await (await kube.raw("/metrics")).text()).split("\n");
  const sum = (metric: string, verb: string): number =>
    lines
      .filter((line) => line.startsWith(`${metric}{`))
      .filter((line) =>
        [`verb="${verb}"`, 'resource="pods"', 'scope="cluster"'].every((one) => line.includes(one)),
      )
      .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(" "))), 0);
  return {
    lists: sum("apiserver_request_total", "LIST"),
    watches: sum("apiserver_longrunning_requests", "WATCH"),
  };
}
