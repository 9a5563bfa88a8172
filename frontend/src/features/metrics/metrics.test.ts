import { describe, expect, it } from "vitest";
import { chartData, summary } from "./chart-data.ts";
import { limitsOf } from "./limits.ts";

const type = (plural: string, group = "") => ({ group, version: "v1", plural });

describe("metrics", () => {
  it("put lines of different times on one axis", () => {
    const series = [
      { name: "a", times: [10, 20], cpu: [1, 2], memory: [1, 1] },
      { name: "b", times: [20, 30], cpu: [3, 4], memory: [1, 1] },
    ];
    expect(chartData(series, "cpu").columns).toEqual([
      [10, 20, 30],
      [1, 2, null],
      [null, 3, 4],
    ]);
    expect(summary(series, "cpu")).toEqual({ now: 6, highest: 6 });
  });

  it("leave out of 'now' what ended before", () => {
    const series = [
      { name: "gone", times: [10], cpu: [5], memory: [1] },
      { name: "here", times: [10, 100], cpu: [1, 2], memory: [1, 1] },
    ];
    expect(summary(series, "cpu").now).toBe(2);
  });

  it("are held against what is asked for, if every container says so", () => {
    const container = { resources: { requests: { cpu: "250m", memory: "64Mi" }, limits: { cpu: "1" } } };
    const pod = (containers: object[]) => ({
      type: type("pods"),
      object: { metadata: { name: "p" }, spec: { containers } },
    });
    expect(limitsOf(pod([container, container]), "cpu")).toEqual([
      { label: "requested", value: 0.5 },
      { label: "limit", value: 2 },
    ]);
    expect(limitsOf(pod([container, {}]), "cpu")).toEqual([]);
    expect(limitsOf(pod([container]), "memory")).toEqual([{ label: "requested", value: 64 * 2 ** 20 }]);
  });
});
