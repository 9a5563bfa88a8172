import { NotFoundError, toApiError } from "@kyma/kube/errors.ts";
import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { deployments, jobs, nodes, pods, services } from "@kyma/kube/resource-types.ts";
import { expect, test } from "vitest";
import type { Followed, LiveSource, PageView } from "../resources/page-part.ts";
import { metricsPart } from "./metrics-part.ts";
import type { Samples } from "./samples.ts";

type Head = { hasHistory: boolean };
const selector = { matchLabels: { app: "web" } };

function object(type: ResourceType, spec: object = {}): UnknownObject {
  const apiVersion = type.group ? `${type.group}/v1` : "v1";
  return { apiVersion, kind: type.kind, metadata: { namespace: "shop", name: "web" }, spec };
}

/** A live set as the test leaves it, and the part that looks at it. */
function measured(type: ResourceType, spec?: object) {
  const samples: Samples = new Map();
  const set: Followed<Samples, Head> = {
    entries: new Map([["", samples]]),
    head: { hasHistory: true },
    loaded: true,
    liveness: "LIVE",
    staleSince: undefined,
    failure: undefined,
  };
  const followed: string[] = [];
  const follow = (source: LiveSource<unknown, unknown>) => (followed.push(source.key), set);
  const value = metricsPart.start();
  const look = () => value({ type, object: object(type, spec), follow } as unknown as PageView);
  const add = (line: string, at: number) =>
    samples.set(line, [...(samples.get(line) ?? []), { at, cpu: 1, memory: 2 }]);
  return { set, samples, followed, look, add };
}

test("each kind is measured by what is its own", () => {
  const sources = [
    measured(pods),
    measured(nodes),
    measured(deployments, { selector }),
    measured(jobs, {}),
    measured(services, { selector: { app: "web" } }),
  ].map(({ look, followed }) => (look(), followed.map((key) => JSON.parse(key) as unknown)));
  expect(sources).toEqual([
    [["metrics", { kind: "POD", namespace: "shop", name: "web" }]],
    [["metrics", { kind: "NODE", name: "web" }]],
    [["metrics", { kind: "PODS", namespace: "shop", labelSelector: "app=web" }]],
    [],
    [],
  ]);
  expect(measured(services).look()).toBeNull();
});

test("the first message is a snapshot, later ones carry what is new, and a new line begins anew", () => {
  const { look, add, samples } = measured(pods);
  add("main", 10);
  expect(look()).toMatchObject({ snapshot: true, hasHistory: true, series: [{ name: "main", times: [10] }] });
  expect(look()).toBeUndefined();
  add("main", 25);
  expect(look()).toMatchObject({ snapshot: false, series: [{ name: "main", times: [25], cpu: [1] }] });
  add("side", 25);
  expect(look()).toMatchObject({ snapshot: true, series: [{ times: [10, 25] }, { times: [25] }] });
  samples.delete("side");
  expect(look()).toMatchObject({ snapshot: true, series: [{ name: "main" }] });
});

test("it says by itself when measurements are stale or impossible", () => {
  const { look, add, set } = measured(pods);
  add("main", 10);
  look();
  set.liveness = "RECONNECTING";
  set.staleSince = Date.parse("2026-11-22T10:00:00Z");
  expect(look()).toMatchObject({
    liveness: "RECONNECTING",
    staleSince: "2026-11-22T10:00:00.000Z",
    series: [],
  });
  set.failure = toApiError(404, "");
  expect(set.failure).toBeInstanceOf(NotFoundError);
  expect(look()).toMatchObject({ problem: expect.stringContaining("no metrics API") });
});
