import { createHash } from "node:crypto";
import type { FunctionEnv, FunctionSpec, KymaFunction } from "@kyma/crds/generated/functions.gen.ts";
import { parseQuantity } from "@kyma/kube/quantity.ts";
import { podLabels } from "./labels.ts";
import type { FunctionOptions } from "./options.ts";
import { chooseResources, type Resources } from "./profiles.ts";

export const functionContainer = "function";
export const dependenciesContainer = "dependencies";
export const functionPort = 8080;
export const sourcesPath = "/usr/src/app/function";
/** Inside a volume: a read-only image has no place for it. */
const registryConfigPath = `${sourcesPath}/package-registry-config`;

const basePodSecurity = {
  runAsUser: 1000,
  runAsGroup: 1000,
  fsGroup: 1000,
  supplementalGroups: [1000],
  seccompProfile: { type: "RuntimeDefault" },
};

const baseContainerSecurity = {
  privileged: false,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] },
};

/** The pods of a Function, as the Deployment's template. */
export function podTemplate(fn: KymaFunction, options: FunctionOptions): object {
  const { spec } = fn;
  return {
    metadata: { labels: podLabels(fn), annotations: podAnnotations(spec) },
    spec: {
      ...(hasDependencies(spec) && { initContainers: [installContainer(fn, options)] }),
      containers: [mainContainer(fn, options)],
      volumes: volumes(spec),
      securityContext: podSecurityContext(spec),
      // One variable per Service of the namespace would crowd the process's environment.
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 30,
    },
  };
}

export function runtimeImage(spec: FunctionSpec, options: FunctionOptions): string {
  const override = spec.runtimeImageOverride?.trim();
  return override || `${options.imagePrefix}/function-runtime-${spec.runtime}:${options.imageTag}`;
}

/** The platform's settings with the user's over them, field by field. */
export function podSecurityContext(spec: FunctionSpec): object {
  return { ...basePodSecurity, ...spec.podSecurityContext };
}

export function containerSecurityContext(spec: FunctionSpec): object {
  return { ...baseContainerSecurity, ...spec.containerSecurityContext };
}

export function hasDependencies(spec: FunctionSpec): boolean {
  return (spec.source.inline?.dependencies ?? "").trim() !== "";
}

/**
 * Text that Kubernetes hands to the process unchanged: in an env value `$$` becomes `$` and `$(NAME)` a variable's value,
 * so these dollars are doubled.
 */
export function literalEnvValue(text: string): string {
  return text.replaceAll(/\$\$+|\$(?=\()/g, (dollars) => dollars + dollars);
}

/** Volume of a secret mount: named as the Secret where that is a legal and free volume name. */
export function secretVolumeName(secretName: string): string {
  const legal = secretName.length <= 63 && !secretName.includes(".") && !ownVolumes.has(secretName);
  return legal ? secretName : `secret-${createHash("sha256").update(secretName).digest("hex").slice(0, 12)}`;
}

const ownVolumes = new Set(["sources", "tmp", "package-registry-config"]);

function podAnnotations(spec: FunctionSpec): Record<string, string> {
  return {
    "proxy.istio.io/config": '{ "holdApplicationUntilProxyStarts": true }',
    "sidecar.istio.io/nativeSidecar": "true",
    "rt-cfg.kyma-project.io/add-img-pull-secret": "true",
    "rt-cfg.kyma-project.io/alter-img-registry": "true",
    ...spec.annotations,
  };
}

function mainContainer(fn: KymaFunction, options: FunctionOptions): object {
  const { spec } = fn;
  const health = { httpGet: { path: "/healthz", port: functionPort } };
  return {
    name: functionContainer,
    image: runtimeImage(spec, options),
    workingDir: sourcesPath,
    env: environment(fn, options),
    ports: [{ containerPort: functionPort, protocol: "TCP" }],
    resources: chooseResources(spec, options.defaultProfile).resources,
    volumeMounts: [
      { name: "sources", mountPath: sourcesPath },
      { name: "tmp", mountPath: "/tmp" },
      ...(spec.secretMounts ?? []).map(({ secretName, mountPath }) => ({
        name: secretVolumeName(secretName),
        mountPath,
        readOnly: true,
      })),
    ],
    securityContext: containerSecurityContext(spec),
    // A fast first answer matters most: the kubelet asks every second until the container has started.
    startupProbe: { ...health, periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 60 },
    readinessProbe: { ...health, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 2 },
    livenessProbe: { ...health, periodSeconds: 5, timeoutSeconds: 4, failureThreshold: 3 },
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "FallbackToLogsOnError",
  };
}

function installContainer(fn: KymaFunction, options: FunctionOptions): object {
  const { spec } = fn;
  return {
    name: dependenciesContainer,
    image: runtimeImage(spec, options),
    args: ["install"],
    workingDir: sourcesPath,
    env: [
      { name: "FUNC_NAME", value: fn.metadata.name },
      { name: "FUNC_RUNTIME", value: spec.runtime },
      { name: "FUNC_HANDLER_DEPENDENCIES", value: literalEnvValue(spec.source.inline?.dependencies ?? "") },
      { name: "NPM_CONFIG_USERCONFIG", value: `${registryConfigPath}/.npmrc` },
    ],
    resources: installResources(chooseResources(spec, options.defaultProfile).resources),
    volumeMounts: [
      { name: "sources", mountPath: sourcesPath },
      { name: "tmp", mountPath: "/tmp" },
      { name: "package-registry-config", mountPath: registryConfigPath, readOnly: true },
    ],
    securityContext: containerSecurityContext(spec),
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "FallbackToLogsOnError",
  };
}

/** An installation needs more memory than the smallest profiles give; it is over before the Function starts. */
function installResources(resources: Resources): Resources {
  const memory = resources.limits?.["memory"];
  if (memory === undefined || (parseQuantity(memory) ?? 0) >= 512 * 2 ** 20) return resources;
  return { ...resources, limits: { ...resources.limits, memory: "512Mi" } };
}

/** In Kyma's order. A later entry of the same name replaces an earlier one, as it would in the process. */
function environment(fn: KymaFunction, options: FunctionOptions): FunctionEnv[] {
  const { name, namespace = "" } = fn.metadata;
  const { source = "", dependencies = "" } = fn.spec.source.inline ?? {};
  const all: FunctionEnv[] = [
    { name: "FUNC_NAME", value: name },
    { name: "FUNC_RUNTIME", value: fn.spec.runtime },
    { name: "SERVICE_NAMESPACE", value: namespace },
    { name: "TRACE_COLLECTOR_ENDPOINT", value: options.traceCollectorEndpoint },
    { name: "PUBLISHER_PROXY_ADDRESS", value: options.publisherProxyAddress },
    ...(fn.spec.env ?? []),
    { name: "FUNC_HANDLER_SOURCE", value: literalEnvValue(source) },
    { name: "FUNC_HANDLER_DEPENDENCIES", value: literalEnvValue(dependencies) },
    { name: "HANDLER_PATH", value: "./function/handler.js" },
  ];
  const byName = new Map<string, FunctionEnv>();
  for (const variable of all) {
    byName.delete(variable.name);
    byName.set(variable.name, variable);
  }
  return [...byName.values()];
}

function volumes(spec: FunctionSpec): object[] {
  return [
    { name: "sources", emptyDir: {} },
    { name: "tmp", emptyDir: {} },
    ...(hasDependencies(spec)
      ? [
          {
            name: "package-registry-config",
            secret: { secretName: "serverless-package-registry-config", optional: true },
          },
        ]
      : []),
    ...(spec.secretMounts ?? []).map(({ secretName }) => ({
      name: secretVolumeName(secretName),
      secret: { secretName, defaultMode: 0o666, optional: false },
    })),
  ];
}
