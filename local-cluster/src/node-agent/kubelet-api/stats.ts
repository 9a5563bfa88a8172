import type { UsageSampler } from "../metrics/sampler.ts";
import type { UsageSample } from "../metrics/ring.ts";
import { timeText } from "../status/container-status.ts";

/** `/stats/summary` of the kubelet, as far as this node measures: CPU and memory. */
export function statsSummary(sampler: UsageSampler, nodeName: string): object {
  const machine = sampler.machine();
  return {
    node: { nodeName, ...stats(machine.samples.last, machine.cpuSeconds) },
    pods: sampler.pods().map(({ pod, containers }) => ({
      podRef: { name: pod.metadata.name, namespace: pod.metadata.namespace, uid: pod.metadata.uid },
      startTime: pod.status?.startTime,
      containers: containers.map(({ name, samples, cpuSeconds }) => ({
        name,
        ...stats(samples.last, cpuSeconds),
      })),
    })),
  };
}

function stats(last: UsageSample | undefined, cpuSeconds: number): object {
  if (!last) return {};
  const time = timeText(last.at);
  return {
    cpu: {
      time,
      usageNanoCores: Math.round(last.cpuCores * 1e9),
      usageCoreNanoSeconds: Math.round(cpuSeconds * 1e9),
    },
    memory: { time, usageBytes: last.memoryBytes, workingSetBytes: last.memoryBytes },
  };
}

/** `/metrics/resource` of the kubelet: the same in Prometheus' text format. */
export function resourceMetrics(sampler: UsageSampler): string {
  const machine = sampler.machine();
  const containers = sampler.pods().flatMap(({ pod, containers: own }) =>
    own.map((container) => ({
      labels: `{container="${container.name}",namespace="${pod.metadata.namespace}",pod="${pod.metadata.name}"}`,
      ...container,
    })),
  );
  const lines = (name: string, type: string, values: [string, number | undefined][]): string[] => [
    `# TYPE ${name} ${type}`,
    ...values.flatMap(([labels, value]) => (value === undefined ? [] : `${name}${labels} ${value}`)),
  ];
  const memory = ({ samples }: { samples: { last: UsageSample | undefined } }) => samples.last?.memoryBytes;
  return [
    ...lines("node_cpu_usage_seconds_total", "counter", [["", machine.cpuSeconds]]),
    ...lines("node_memory_working_set_bytes", "gauge", [["", memory(machine)]]),
    ...lines(
      "container_cpu_usage_seconds_total",
      "counter",
      containers.map((one) => [one.labels, one.cpuSeconds]),
    ),
    ...lines(
      "container_memory_working_set_bytes",
      "gauge",
      containers.map((one) => [one.labels, memory(one)]),
    ),
    "",
  ].join("\n");
}
