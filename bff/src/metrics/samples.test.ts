import { describe, expect, it } from "vitest";
import { addSample, byContainer, forgetOld, ofPod, shownLines, sumLine, type Samples } from "./samples.ts";

const pod = {
  timestamp: "2026-11-22T10:00:00Z",
  containers: [
    { name: "app", usage: { cpu: "250000000n", memory: "1024Ki" } },
    { name: "proxy", usage: { cpu: "10m", memory: "1Mi" } },
  ],
};
const at = Date.parse(pod.timestamp) / 1000;

describe("samples", () => {
  it("are read by container and by pod, in cores and bytes", () => {
    expect(byContainer("web", pod)).toEqual([
      ["app", { at, cpu: 0.25, memory: 2 ** 20 }],
      ["proxy", { at, cpu: 0.01, memory: 2 ** 20 }],
    ]);
    expect(ofPod("web", pod)).toEqual([["web", { at, cpu: 0.26, memory: 2 ** 21 }]]);
    expect(byContainer("one", { timestamp: pod.timestamp, usage: { cpu: "2", memory: "1Gi" } })).toEqual([
      ["one", { at, cpu: 2, memory: 2 ** 30 }],
    ]);
  });

  it("are kept once each, and for an hour", () => {
    const samples: Samples = new Map();
    expect(addSample(samples, "web", { at, cpu: 1, memory: 1 })).toBe(true);
    expect(addSample(samples, "web", { at, cpu: 1, memory: 1 })).toBe(false);
    expect(addSample(samples, "web", { at: at + 3601, cpu: 2, memory: 2 })).toBe(true);
    expect(samples.get("web")?.map((sample) => sample.at)).toEqual([at + 3601]);
    forgetOld(samples, at + 2 * 3601);
    expect(samples.size).toBe(0);
  });

  it("of many pods are summed", () => {
    const samples: Samples = new Map();
    for (let index = 0; index < 20; index += 1)
      for (const time of [at, at + 15])
        addSample(samples, `web-${index}`, { at: time + (index % 3), cpu: 0.1, memory: 10 });
    const lines = shownLines(samples);
    expect([...lines.keys()]).toEqual([sumLine]);
    expect(lines.get(sumLine)?.map(({ memory }) => memory)).toEqual([200, 200]);
    expect(lines.get(sumLine)?.[0]?.cpu).toBeCloseTo(2);
  });
});
