import { parseQuantity } from "@kyma/kube/quantity.ts";

/** One measurement: Unix seconds, cores, bytes. */
export interface Sample {
  at: number;
  cpu: number;
  memory: number;
}

/** The samples of each line, oldest first. */
export type Samples = Map<string, Sample[]>;

export interface Usage {
  cpu?: string;
  memory?: string;
}
/** PodMetrics and NodeMetrics of metrics.k8s.io, and a sample of the history. */
export interface Measured {
  timestamp: string;
  usage?: Usage;
  containers?: { name: string; usage: Usage }[];
}

const hourSeconds = 3600;
const mostLines = 12;
/** The one line that many pods become. */
export const sumLine = "all pods";

function sampleOf(at: string, usage: Usage): Sample {
  return {
    at: Math.round(Date.parse(at) / 1000),
    cpu: parseQuantity(usage.cpu) ?? 0,
    memory: parseQuantity(usage.memory) ?? 0,
  };
}

/** A measurement by container; of a node under its name. */
export function byContainer(name: string, measured: Measured): [string, Sample][] {
  const { timestamp, usage, containers } = measured;
  if (!containers) return usage ? [[name, sampleOf(timestamp, usage)]] : [];
  return containers.map((container) => [container.name, sampleOf(timestamp, container.usage)]);
}

/** A pod's containers together. */
export function ofPod(name: string, measured: Measured): [string, Sample][] {
  const parts = byContainer(name, measured);
  const [first] = parts;
  if (!first) return [];
  const sum = { at: first[1].at, cpu: 0, memory: 0 };
  for (const [, sample] of parts) {
    sum.cpu += sample.cpu;
    sum.memory += sample.memory;
  }
  return [[name, sum]];
}

/** Adds a sample that is newer than what is there; what is older than an hour before it goes. True when it was added. */
export function addSample(samples: Samples, line: string, sample: Sample): boolean {
  const list = samples.get(line) ?? [];
  const last = list.at(-1);
  if (!Number.isFinite(sample.at) || (last && last.at >= sample.at)) return false;
  list.push(sample);
  while (list[0] && list[0].at < sample.at - hourSeconds) list.shift();
  samples.set(line, list);
  return true;
}

/** Lines without a sample in the last hour before `now` (Unix seconds) go: pods that are long gone. */
export function forgetOld(samples: Samples, now: number): void {
  for (const [line, list] of samples) if ((list.at(-1)?.at ?? 0) < now - hourSeconds) samples.delete(line);
}

/** What is shown: each line, or the sum when there are too many. Pods are measured within the same 15 seconds, so these make one point. */
export function shownLines(samples: Samples): Samples {
  if (samples.size <= mostLines) return samples;
  const slots = new Map<number, Map<string, Sample>>();
  for (const [line, list] of samples) {
    for (const sample of list) {
      const slot = Math.floor(sample.at / slotSeconds) * slotSeconds;
      const of = slots.get(slot) ?? new Map<string, Sample>();
      slots.set(slot, of.set(line, sample));
    }
  }
  const sum = [...slots]
    .sort(([a], [b]) => a - b)
    .map(([at, of]) => {
      const total = { at, cpu: 0, memory: 0 };
      for (const { cpu, memory } of of.values()) {
        total.cpu += cpu;
        total.memory += memory;
      }
      return total;
    });
  return new Map([[sumLine, sum]]);
}

const slotSeconds = 15;
