// Generated from manifests/functions.yaml by "npm run generate"; do not edit.

import type { ObjectMeta } from "../object-meta.ts";

/** A piece of code that is run on every request or event. */
export interface KymaFunction {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec: FunctionSpec;
  status?: FunctionStatus;
}

export interface FunctionAppArmorProfile {
  type: string;
  localhostProfile?: string;
}

export interface FunctionAuth {
  /** basic = user name and password, key = SSH key. */
  type: "basic" | "key";
  /** Secret in the Function's namespace. */
  secretName: string;
}

export interface FunctionBuild {
  profile?: "local-dev" | "slow" | "normal" | "fast";
  /** Requests and limits. */
  resources?: FunctionResources;
}

export interface FunctionCapabilities {
  add?: string[];
  drop?: string[];
}

export interface FunctionClaim {
  name: string;
  request?: string;
}

export interface FunctionCondition {
  type: string;
  status: "True" | "False" | "Unknown";
  observedGeneration?: number;
  lastTransitionTime: string;
  reason: string;
  message: string;
}

export interface FunctionConfigMapKeyRef {
  name?: string;
  key: string;
  optional?: boolean;
}

export interface FunctionContainerSecurityContext {
  allowPrivilegeEscalation?: boolean;
  appArmorProfile?: FunctionAppArmorProfile;
  capabilities?: FunctionCapabilities;
  privileged?: boolean;
  procMount?: string;
  readOnlyRootFilesystem?: boolean;
  runAsGroup?: number;
  runAsNonRoot?: boolean;
  runAsUser?: number;
  seLinuxOptions?: FunctionSeLinuxOptions;
  seccompProfile?: FunctionSeccompProfile;
  windowsOptions?: FunctionWindowsOptions;
}

export interface FunctionEnv {
  /** Name of the variable. */
  name: string;
  /** Value of the variable. */
  value?: string;
  /** Source of the value, instead of value. */
  valueFrom?: FunctionValueFrom;
}

export interface FunctionFieldRef {
  apiVersion?: string;
  fieldPath: string;
}

export interface FunctionFunction {
  /** Named set of requests and limits. */
  profile?: "XS" | "S" | "M" | "L" | "XL";
  /** Requests and limits. */
  resources?: FunctionResources;
}

export interface FunctionGitRepository {
  /** Address of the repository, as a URL or in the form user@host:path. */
  url: string;
  /** Directory of the Function in the repository. */
  baseDir?: string;
  /** Branch, tag or commit. */
  reference?: string;
  /** Credentials for the repository. */
  auth?: FunctionAuth;
}

export interface FunctionInline {
  /** Code of the handler module; it exports main. */
  source: string;
  /** For Node.js a package.json, for Python a requirements.txt. */
  dependencies?: string;
}

export interface FunctionPodSecurityContext {
  appArmorProfile?: FunctionAppArmorProfile;
  fsGroup?: number;
  fsGroupChangePolicy?: string;
  runAsGroup?: number;
  runAsNonRoot?: boolean;
  runAsUser?: number;
  seLinuxChangePolicy?: string;
  seLinuxOptions?: FunctionSeLinuxOptions;
  seccompProfile?: FunctionSeccompProfile;
  supplementalGroups?: number[];
  supplementalGroupsPolicy?: string;
  sysctls?: FunctionSysctl[];
  windowsOptions?: FunctionWindowsOptions;
}

export interface FunctionResourceConfiguration {
  /** Resources of the Function's container. */
  function?: FunctionFunction;
  /** Deprecated, has no effect. */
  build?: FunctionBuild;
}

export interface FunctionResourceFieldRef {
  containerName?: string;
  divisor?: number | string;
  resource: string;
}

export interface FunctionResources {
  requests?: Record<string, number | string>;
  limits?: Record<string, number | string>;
  claims?: FunctionClaim[];
}

export interface FunctionScaleConfig {
  minReplicas: number;
  maxReplicas: number;
}

export interface FunctionSeLinuxOptions {
  level?: string;
  role?: string;
  type?: string;
  user?: string;
}

export interface FunctionSeccompProfile {
  type: string;
  localhostProfile?: string;
}

export interface FunctionSecretKeyRef {
  name?: string;
  key: string;
  optional?: boolean;
}

export interface FunctionSecretMount {
  /** Secret in the Function's namespace. */
  secretName: string;
  /** Directory where the Secret's keys appear as files. */
  mountPath: string;
}

export interface FunctionSource {
  /** Code kept in this object. */
  inline?: FunctionInline;
  /** Code kept in a Git repository. */
  gitRepository?: FunctionGitRepository;
}

export interface FunctionSpec {
  /** Language runtime of the Function. nodejs20 is deprecated. */
  runtime: "nodejs20" | "nodejs22" | "nodejs24" | "python312";
  /** Image to use instead of the runtime's own. */
  runtimeImageOverride?: string;
  /** Where the code comes from. */
  source: FunctionSource;
  /** Environment variables of the Function. */
  env?: FunctionEnv[];
  /** Processor time and memory. */
  resourceConfiguration?: FunctionResourceConfiguration;
  /** Deprecated bounds for scaling. */
  scaleConfig?: FunctionScaleConfig;
  /** Number of pods. */
  replicas?: number;
  /** Deprecated; use labels and annotations. */
  template?: FunctionTemplate;
  /** Secrets mounted as files. */
  secretMounts?: FunctionSecretMount[];
  /** Labels of the Function's pods. */
  labels?: Record<string, string>;
  /** Annotations of the Function's pods. */
  annotations?: Record<string, string>;
  /** Merged field by field over the platform's own pod security context. */
  podSecurityContext?: FunctionPodSecurityContext;
  /** Merged field by field over the platform's own container security context. */
  containerSecurityContext?: FunctionContainerSecurityContext;
}

export interface FunctionStatus {
  /** Conditions ConfigurationReady and Running. */
  conditions?: FunctionCondition[];
  /** Generation of the spec that the status speaks of. */
  observedGeneration?: number;
  runtime?: string;
  runtimeImage?: string;
  replicas?: number;
  /** Label selector of the Function's pods, as text. */
  podSelector?: string;
  /** Profile in use; custom when resources are given. */
  functionResourceProfile?: string;
  /** Annotations last written to the pods. */
  functionAnnotations?: Record<string, string>;
  /** Source in use, for Git sources. */
  gitRepository?: FunctionStatusGitRepository;
  commit?: string;
  baseDir?: string;
  reference?: string;
  /** Merged field by field over the platform's own pod security context. */
  podSecurityContext?: FunctionPodSecurityContext;
  /** Merged field by field over the platform's own container security context. */
  containerSecurityContext?: FunctionContainerSecurityContext;
}

export interface FunctionStatusGitRepository {
  url?: string;
  baseDir?: string;
  reference?: string;
  commit?: string;
}

export interface FunctionSysctl {
  name: string;
  value: string;
}

export interface FunctionTemplate {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

export interface FunctionValueFrom {
  /** Key of an object in the Function's namespace. */
  configMapKeyRef?: FunctionConfigMapKeyRef;
  /** Key of an object in the Function's namespace. */
  secretKeyRef?: FunctionSecretKeyRef;
  /** Field of the pod. */
  fieldRef?: FunctionFieldRef;
  /** Resource request or limit of a container. */
  resourceFieldRef?: FunctionResourceFieldRef;
}

export interface FunctionWindowsOptions {
  gmsaCredentialSpec?: string;
  gmsaCredentialSpecName?: string;
  hostProcess?: boolean;
  runAsUserName?: string;
}
