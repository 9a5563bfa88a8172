import type { ObjectPart } from "../resources/page-part.ts";
import { containerWords, endName } from "./container-state.ts";
import type { Health } from "../resources/object-state.ts";
import { isSidecar } from "../resources/pod-state.ts";
import { envParts, podFacts, probeTexts, volumePart } from "./pod-facts.ts";
import type { Container, ContainerStatus, Pod, PodSpec, PodTemplate } from "./workload-objects.ts";

type Role = "INIT" | "SIDECAR" | "MAIN" | "EPHEMERAL";

/** Containers, volumes and facts of a Pod, or of a workload's pod template. */
export const containersPart: ObjectPart = {
  field: "containers",
  value({ object, type }) {
    if (!object) return null;
    if (object.kind === "Pod" && type.group === "") {
      const pod = object as unknown as Pod;
      return partOf(pod.spec, pod.status);
    }
    if (type.group !== "apps" && type.group !== "batch") return null;
    const template = templateOf(object);
    return template ? partOf(template.spec, undefined) : null;
  },
};

function templateOf(object: { [field: string]: unknown }): PodTemplate | undefined {
  const spec = object["spec"] as
    { template?: PodTemplate; jobTemplate?: { spec?: { template?: PodTemplate } } } | undefined;
  const template = spec?.template ?? spec?.jobTemplate?.spec?.template;
  return template?.spec ? template : undefined;
}

function partOf(spec: PodSpec, status: Pod["status"]) {
  const containers = [
    ...(spec.initContainers ?? []).map(
      (one) => ({ one, role: isSidecar(one) ? "SIDECAR" : "INIT" }) as const,
    ),
    ...spec.containers.map((one) => ({ one, role: "MAIN" }) as const),
    ...(spec.ephemeralContainers ?? []).map((one) => ({ one, role: "EPHEMERAL" }) as const),
  ];
  const statuses = [
    ...(status?.initContainerStatuses ?? []),
    ...(status?.containerStatuses ?? []),
    ...(status?.ephemeralContainerStatuses ?? []),
  ];
  return {
    containers: containers.map(({ one, role }) =>
      containerPart(one, role, status && { found: statuses.find(({ name }) => name === one.name) }),
    ),
    volumes: (spec.volumes ?? []).map(volumePart),
    facts: podFacts(spec, status),
  };
}

/** `state` is absent for a template, which has none. */
function containerPart(
  container: Container,
  role: Role,
  state: { found: ContainerStatus | undefined } | undefined,
) {
  const status = state?.found;
  const words = state && containerWords(container, status);
  const { running, terminated } = status?.state ?? {};
  const last = status?.lastState?.terminated;
  return {
    name: container.name,
    role,
    image: container.image ?? "",
    imageId: status?.imageID || null,
    state: words?.state ?? null,
    health: state ? healthOf(status, words?.explanation ?? null) : "NONE",
    explanation: words?.explanation ?? null,
    advice: words?.advice ?? null,
    startedAt: running?.startedAt ?? terminated?.startedAt ?? null,
    finishedAt: terminated?.finishedAt ?? null,
    restarts: status?.restartCount ?? 0,
    lastEnd: last ? endName(last) : null,
    lastEndAt: last?.finishedAt ?? null,
    command: [...(container.command ?? []), ...(container.args ?? [])].join(" ") || null,
    ports: (container.ports ?? []).map(
      ({ name, containerPort, hostPort, protocol = "TCP" }) =>
        `${name ? `${name} ` : ""}${containerPort}/${protocol}${hostPort ? ` on host port ${hostPort}` : ""}`,
    ),
    requests: amounts(container.resources?.requests),
    limits: amounts(container.resources?.limits),
    probes: probeTexts(container),
    mounts: (container.volumeMounts ?? []).map(({ name, mountPath, readOnly, subPath }) => ({
      path: mountPath,
      volume: subPath ? `${name} (${subPath})` : name,
      readOnly: readOnly === true,
    })),
    env: envParts(container),
  };
}

function amounts(quantities: Record<string, string> | undefined): string[] {
  return Object.entries(quantities ?? {}).map(([name, quantity]) => `${name} ${quantity}`);
}

function healthOf(status: ContainerStatus | undefined, explanation: string | null): Health {
  const { running, terminated, waiting } = status?.state ?? {};
  if (running) return explanation === null ? "OK" : "WARNING";
  if (terminated) return terminated.exitCode === 0 ? "NONE" : "ERROR";
  const calm = [undefined, "ContainerCreating", "PodInitializing"];
  return calm.includes(waiting?.reason) ? "PROGRESS" : "ERROR";
}
