import type { Container, EnvVar, Pod, PodSpec, Probe, Toleration, Volume } from "./workload-objects.ts";

/** The probes of a container, each in words. Pure. */
export function probeTexts(container: Container): { kind: string; text: string }[] {
  const probes: [string, Probe | undefined][] = [
    ["Startup", container.startupProbe],
    ["Readiness", container.readinessProbe],
    ["Liveness", container.livenessProbe],
  ];
  return probes.flatMap(([kind, probe]) => (probe ? [{ kind, text: probeText(probe) }] : []));
}

function probeText(probe: Probe): string {
  const { initialDelaySeconds: delay = 0, periodSeconds = 10, timeoutSeconds = 1 } = probe;
  const { successThreshold = 1, failureThreshold = 3 } = probe;
  const first = delay > 0 ? `, first after ${delay} s` : "";
  const good = successThreshold > 1 ? `, ${successThreshold} in a row count as success` : "";
  return `${probeCall(probe)} every ${periodSeconds} s${first}, answer within ${timeoutSeconds} s${good}, ${failureThreshold} ${failureThreshold === 1 ? "failure counts" : "failures in a row count"}`;
}

function probeCall({ httpGet, tcpSocket, exec, grpc }: Probe): string {
  if (httpGet) {
    const scheme = httpGet.scheme === "HTTPS" ? "HTTPS " : "";
    return `${scheme}GET ${httpGet.host ?? ""}:${httpGet.port}${httpGet.path ?? "/"}`;
  }
  if (tcpSocket) return `TCP connection to port ${tcpSocket.port}`;
  if (grpc) return `gRPC health check on port ${grpc.port}${grpc.service ? ` of ${grpc.service}` : ""}`;
  return `command "${exec?.command?.join(" ") ?? ""}"`;
}

interface EnvPart {
  name: string;
  value: string | null;
  source: {
    kind: "CONFIG_MAP" | "SECRET" | "FIELD" | "RESOURCE";
    object: string | null;
    key: string | null;
    optional: boolean;
    prefix: string | null;
  } | null;
}

/** The environment of a container with where each value comes from; values from elsewhere are not read. Pure. */
export function envParts(container: Container): EnvPart[] {
  const whole = (container.envFrom ?? []).flatMap(({ prefix, configMapRef, secretRef }): EnvPart[] => {
    const from = configMapRef ?? secretRef;
    if (!from) return [];
    const kind = configMapRef ? "CONFIG_MAP" : "SECRET";
    const { name: object, optional = false } = from;
    return [{ name: "", value: null, source: { kind, object, key: null, optional, prefix: prefix ?? null } }];
  });
  return [...whole, ...(container.env ?? []).map(envPart)];
}

function envPart({ name, value = "", valueFrom }: EnvVar): EnvPart {
  if (!valueFrom) return { name, value, source: null };
  const { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef } = valueFrom;
  const keyRef = configMapKeyRef ?? secretKeyRef;
  const bare = { object: null, optional: false, prefix: null };
  if (keyRef) {
    const kind = configMapKeyRef ? "CONFIG_MAP" : "SECRET";
    const { name: object, key, optional = false } = keyRef;
    return { name, value: null, source: { ...bare, kind, object, key, optional } };
  }
  if (fieldRef) return { name, value: null, source: { ...bare, kind: "FIELD", key: fieldRef.fieldPath } };
  return {
    name,
    value: null,
    source: { ...bare, kind: "RESOURCE", key: resourceFieldRef?.resource ?? null },
  };
}

interface VolumePart {
  name: string;
  kind: string;
  object: string | null;
  text: string | null;
}

const volumeKinds: Record<string, { kind: string; nameField?: string }> = {
  configMap: { kind: "ConfigMap", nameField: "name" },
  secret: { kind: "Secret", nameField: "secretName" },
  persistentVolumeClaim: { kind: "PersistentVolumeClaim", nameField: "claimName" },
  emptyDir: { kind: "emptyDir" },
  hostPath: { kind: "hostPath", nameField: "path" },
  projected: { kind: "projected" },
  downwardAPI: { kind: "downwardAPI" },
};

/** What stands behind a volume. Pure. */
export function volumePart({ name, ...sources }: Volume): VolumePart {
  const [source = "unknown"] = Object.keys(sources);
  const detail = (sources[source] ?? {}) as Record<string, unknown>;
  const known = volumeKinds[source];
  const behind = known?.nameField === undefined ? undefined : detail[known.nameField];
  return {
    name,
    kind: known?.kind ?? source,
    object: typeof behind === "string" ? behind : null,
    text: volumeText(source, detail),
  };
}

function volumeText(source: string, detail: Record<string, unknown>): string | null {
  if (source === "emptyDir") {
    const limit = typeof detail["sizeLimit"] === "string" ? `, at most ${detail["sizeLimit"]}` : "";
    return `${detail["medium"] === "Memory" ? "in memory" : "on the node"}${limit}; gone with the pod`;
  }
  if (source !== "projected") return null;
  const parts = (detail["sources"] ?? []) as Record<string, { name?: string }>[];
  return parts
    .flatMap((part) => Object.entries(part).map(([kind, { name }]) => (name ? `${kind} ${name}` : kind)))
    .join(", ");
}

/** What else is worth knowing of a pod, in the order to show. Pure. */
export function podFacts(spec: PodSpec, status: Pod["status"]): { name: string; values: string[] }[] {
  const facts: [string, string[]][] = [
    ["Node", spec.nodeName ? [spec.nodeName] : []],
    ["Pod IP", status?.podIP ? [status.podIP] : []],
    ["QoS class", status?.qosClass ? [status.qosClass] : []],
    ["Service account", spec.serviceAccountName ? [spec.serviceAccountName] : []],
    ["Priority class", spec.priorityClassName ? [spec.priorityClassName] : []],
    ["Restart policy", spec.restartPolicy ? [spec.restartPolicy] : []],
    ["Node selector", Object.entries(spec.nodeSelector ?? {}).map(([key, value]) => `${key}=${value}`)],
    ["Tolerations", (spec.tolerations ?? []).map(tolerationText)],
  ];
  return facts.flatMap(([name, values]) => (values.length ? [{ name, values }] : []));
}

/** As `kubectl describe pod` prints it. */
function tolerationText({
  key = "",
  operator = "Equal",
  value,
  effect,
  tolerationSeconds,
}: Toleration): string {
  const what = `${key}${operator === "Equal" && value ? `=${value}` : ""}${effect ? `:${effect}` : ""}`;
  const exists = operator === "Exists" ? ` op=Exists` : "";
  return `${what}${exists}${tolerationSeconds === undefined ? "" : ` for ${tolerationSeconds}s`}`.trim();
}
