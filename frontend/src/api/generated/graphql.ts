/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A right as RBAC names it. */
export type AccessCheck = {
  /** API group; '' is the core group, '*' any. */
  group?: string;
  name?: string | null | undefined;
  /** Absent: cluster-scoped, or all namespaces. */
  namespace?: string | null | undefined;
  /** Plural. */
  resource: string;
  subresource?: string | null | undefined;
  verb: string;
};

export type BulkAction =
  | 'DELETE'
  | 'LABEL'
  | 'RESTART'
  | 'SCALE';

export type BulkInput = {
  action: BulkAction;
  dryRun?: boolean;
  /** For LABEL: key → value; null removes the label. */
  labels?: unknown;
  /** For SCALE. */
  replicas?: number | null | undefined;
  targets: Array<BulkTarget>;
  type: ResourceType;
};

export type BulkTarget = {
  name: string;
  namespace?: string | null | undefined;
  /** Makes sure that it is the object the person saw. */
  uid?: string | null | undefined;
};

export type ComponentState =
  | 'FAILED'
  | 'READY'
  | 'RESTARTING'
  | 'STARTING'
  | 'STOPPED';

export type ConflictReason =
  /** The field has another value than when the person began. */
  | 'CHANGED'
  /** Another manager owns the field. */
  | 'OWNED'
  /** Another manager owns the field that the person removed. */
  | 'REMOVED';

export type ContainerKind =
  | 'EPHEMERAL'
  | 'INIT'
  | 'MAIN';

export type ContainerRole =
  | 'EPHEMERAL'
  | 'INIT'
  | 'MAIN'
  | 'SIDECAR';

export type DeliveryOutcome =
  | 'DEAD'
  | 'DELIVERED'
  | 'RETRY';

export type EnvSourceKind =
  | 'CONFIG_MAP'
  | 'FIELD'
  | 'RESOURCE'
  | 'SECRET';

export type EventKeyInput = {
  id: string;
  source: string;
  type: string;
};

export type EventingProblemKind =
  | 'FORBIDDEN'
  | 'NOT_INSTALLED'
  | 'UNAVAILABLE';

export type EvictionOutcome =
  | 'EVICTED'
  | 'FAILED'
  /** It does not exist any more. */
  | 'GONE'
  /** A PodDisruptionBudget does not allow it now; it may later. */
  | 'REFUSED';

export type FieldChoice = {
  /** As a conflict names it. */
  field: string;
  take: Side;
};

/** What the Function page edits. An absent field is left as it is; null removes it. */
export type FunctionEdit = {
  annotations?: unknown;
  dependencies?: string | null | undefined;
  env?: Array<unknown> | null | undefined;
  labels?: unknown;
  profile?: string | null | undefined;
  replicas?: number | null | undefined;
  runtime?: string | null | undefined;
  secretMounts?: Array<unknown> | null | undefined;
  source?: string | null | undefined;
};

export type FunctionRef = {
  name: string;
  namespace: string;
};

export type HeaderInput = {
  name: string;
  value: string;
};

/** How fresh a live view is; shown to the person. */
export type Liveness =
  | 'LIVE'
  | 'RECONNECTING';

export type LogOptions = {
  /** Names; absent: all, those that initialise and debug included. */
  containers?: Array<string> | null | undefined;
  follow?: boolean | null | undefined;
  /** Ends after so many lines in all. */
  limit?: number | null | undefined;
  /** The run before the last restart. */
  previous?: boolean | null | undefined;
  sinceSeconds?: number | null | undefined;
  /** RFC 3339 */
  sinceTime?: string | null | undefined;
  /** Of each container; absent: all that there is. */
  tailLines?: number | null | undefined;
};

/** Exactly one of pod, workload and labelSelector. */
export type LogSource = {
  labelSelector?: string | null | undefined;
  namespace: string;
  pod?: string | null | undefined;
  /** An object whose pods are meant: Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob, Service, or any that has a selector. */
  workload?: LogWorkload | null | undefined;
};

export type LogStreamState =
  | 'ENDED'
  | 'FAILED'
  | 'LIVE'
  | 'RECONNECTING'
  | 'WAITING';

export type LogWorkload = {
  name: string;
  type: ResourceType;
};

export type ObjectHealth =
  | 'ERROR'
  | 'NONE'
  | 'OK'
  | 'PROGRESS'
  | 'WARNING';

export type ObjectRef = {
  name: string;
  /** Absent for cluster-scoped kinds. */
  namespace?: string | null | undefined;
  type: ResourceType;
};

export type Outcome =
  | 'CONFIGURED'
  | 'CREATED'
  | 'REFUSED'
  | 'UNCHANGED';

export type PodTarget = {
  name: string;
  namespace: string;
  /** Makes sure that it is the pod the person saw. */
  uid?: string | null | undefined;
};

export type ProbeRequest = {
  audiences?: Array<string>;
  method?: string;
  name: string;
  namespace: string;
  path?: string;
  scopes?: Array<string>;
  /** Mint a token at the test issuer with these scopes and audiences and send it. */
  withToken?: boolean;
};

/** Names a kind by what stands in its URL, e.g. apps / v1 / deployments; the core group is ''. */
export type ResourceType = {
  group?: string;
  plural: string;
  version: string;
};

export type RolloutState =
  | 'COMPLETE'
  | 'PAUSED'
  | 'PROGRESSING'
  | 'STUCK'
  /** Not tracked for the strategy OnDelete. */
  | 'UNKNOWN';

export type RunRequest = {
  /** Text; at most 1 MiB. */
  body?: string | null | undefined;
  headers?: Array<HeaderInput>;
  method?: string;
  /** Path and query, beginning with /. */
  path?: string;
};

export type Side =
  | 'MINE'
  | 'THEIRS';

export type SignInMethod =
  | 'LINK'
  | 'TOKEN';

/** What a list is about: the set that one upstream watch covers. */
export type TableScope = {
  fieldSelector?: string | null | undefined;
  labelSelector?: string | null | undefined;
  /** Null: all namespaces. Several are watched one by one, also for a person who may not list namespaces. */
  namespaces?: Array<string> | null | undefined;
  type: ResourceType;
};

export type TableSort = {
  /** A column's id; `name`, `namespace` and `age` exist always. */
  column: string;
  descending?: boolean;
};

/** Which rows of it are wanted, and in what order. Changing it never touches the upstream watch. */
export type TableView = {
  /** Key of a row that is to stay in the window: the offset is shifted by as much as the row has moved. */
  anchor?: string | null | undefined;
  /** Extra columns: `label:<key>`, `annotation:<key>` or `jsonpath:{.spec.nodeName}`. */
  columns?: Array<string> | null | undefined;
  /** At most 500. */
  count?: number;
  /** Index of the first row wanted. */
  offset?: number;
  /** First key decides; ties are broken by namespace and name. */
  sort?: Array<TableSort> | null | undefined;
  /** Words that a row must all contain, in its name, namespace or cells. */
  text?: string | null | undefined;
  /** CEL over `object` (the whole object) that must be true, e.g. object.spec.replicas > 1. */
  where?: string | null | undefined;
};

export type ViewAsInput = {
  groups?: Array<string>;
  uid?: string | null | undefined;
  /** A user name, or system:serviceaccount:<namespace>:<name>. */
  user: string;
};

export type WriteMethod =
  | 'APPLY'
  | 'JSON_PATCH'
  | 'NOTHING';

export type AccessQueryVariables = Exact<{
  checks: Array<AccessCheck> | AccessCheck;
}>;


export type AccessQuery = { access: Array<{ allowed: boolean, reason: string | null, message: string | null }> };

export type GrantorsQueryVariables = Exact<{
  check: AccessCheck;
}>;


export type GrantorsQuery = { grantors: { complete: boolean, subjects: Array<{ kind: string, name: string, namespace: string | null }> } };

export type AccessRulesQueryVariables = Exact<{
  namespace?: string | null | undefined;
}>;


export type AccessRulesQuery = { accessRules: { incomplete: boolean, note: string | null, rules: Array<{ verbs: Array<string>, apiGroups: Array<string>, resources: Array<string>, resourceNames: Array<string> }>, nonResourceRules: Array<{ verbs: Array<string>, urls: Array<string> }> } };

export type ComponentsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ComponentsSubscription = { components: Array<{ name: string, state: ComponentState, restarts: number, message: string | null, since: string }> };

export type KindSchemaQueryVariables = Exact<{
  type: ResourceType;
}>;


export type KindSchemaQuery = { kindSchema: unknown };

export type RebaseYamlQueryVariables = Exact<{
  ref: ObjectRef;
  base: string;
  text: string;
}>;


export type RebaseYamlQuery = { rebaseYaml: { live: string, text: string, changes: Array<{ field: string, managers: Array<string>, before: string | null, after: string | null }>, conflicts: Array<{ reason: ConflictReason, field: string, managers: Array<string>, base: string | null, theirs: string | null, mine: string | null }> } };

export type SaveYamlMutationVariables = Exact<{
  ref: ObjectRef;
  base: string;
  text: string;
  choices: Array<FieldChoice> | FieldChoice;
  dryRun: boolean;
}>;


export type SaveYamlMutation = { saveYaml: { stored: string, result: string | null, method: WriteMethod, fields: Array<string>, text: string | null, conflicts: Array<{ reason: ConflictReason, field: string, managers: Array<string>, base: string | null, theirs: string | null, mine: string | null }>, refusal: { message: string, causes: Array<{ field: string, message: string, line: number | null }> } | null, ignored: Array<{ field: string, mine: string | null, result: string | null }> } };

export type ApplyManifestMutationVariables = Exact<{
  yaml: string;
  namespace?: string | null | undefined;
  firstLine: number;
  force: boolean;
  dryRun: boolean;
}>;


export type ApplyManifestMutation = { applyManifest: Array<{ outcome: Outcome, apiVersion: string, kind: string, namespace: string | null, name: string, plural: string | null, message: string, line: number, pending: boolean, stored: string | null, result: string | null, conflicts: Array<{ field: string, managers: Array<string> }> }> };

export type EventingPagePartFragment = { delivery: { staleSince: string | null, state: { deadLetters: number, types: Array<{ type: string, exists: boolean, rate: number | null, delivered: number, pending: number, inFlight: number, redelivered: number, oldestPending: string | null, waitingDispatchers: number }>, lastError: { time: string, status: number, message: string, eventId: string, type: string } | null } | null, problem: { kind: EventingProblemKind, message: string } | null } | null };

export type WhoCanQueryVariables = Exact<{
  check: AccessCheck;
}>;


export type WhoCanQuery = { whoCan: { total: number, missing: Array<string>, grants: Array<{ bindingKind: string, binding: string, roleKind: string, role: string, rule: string, namespace: string | null, subject: { kind: string, name: string, namespace: string | null } }> } };

export type ProbeServiceMutationVariables = Exact<{
  namespace: string;
  service: string;
  port: number;
  path: string;
}>;


export type ProbeServiceMutation = { probeService: { status: number | null, statusText: string, milliseconds: number, body: string | null, problem: string | null } };

export type TableWindowSubscriptionVariables = Exact<{
  scope: TableScope;
  view: TableView;
}>;


export type TableWindowSubscription = { tableWindow: { liveness: Liveness, staleSince: string | null, revision: number, snapshot: boolean, total: number, unfiltered: number, arriving: number, offset: number, order: Array<string> | null, forbidden: Array<string>, warnings: Array<string>, columns: Array<{ id: string, name: string, type: string, description: string, priority: number }> | null, rows: Array<{ key: string, namespace: string | null, name: string, creationTimestamp: string, labels: unknown, cells: Array<unknown> }> } };

export type BulkMutationVariables = Exact<{
  input: BulkInput;
}>;


export type BulkMutation = { bulk: Array<{ namespace: string | null, name: string, ok: boolean, message: string }> };

export type ObjectOnceQueryVariables = Exact<{
  ref: ObjectRef;
}>;


export type ObjectOnceQuery = { object: unknown };

export type LogsSubscriptionVariables = Exact<{
  source: LogSource;
  options?: LogOptions | null | undefined;
  resume?: Array<string> | string | null | undefined;
}>;


export type LogsSubscription = { logs: { sources: Array<number>, times: Array<string>, texts: Array<string>, liveness: Liveness, omitted: number, ended: boolean, streams: Array<{ index: number, pod: string, container: string, kind: ContainerKind, restarts: number, state: LogStreamState, message: string | null }>, gaps: Array<{ before: number, stream: number, count: number }>, cursors: Array<{ stream: number, token: string }> } };

export type DebugPodMutationVariables = Exact<{
  namespace: string;
  pod: string;
  image: string;
  target?: string | null | undefined;
}>;


export type DebugPodMutation = { debugPod: string };

export type MetricsPagePartFragment = { metrics: { liveness: Liveness, staleSince: string | null, snapshot: boolean, hasHistory: boolean, problem: string | null, series: Array<{ name: string, times: Array<number>, cpu: Array<number>, memory: Array<number> }> } | null };

export type ObjectPageSubscriptionVariables = Exact<{
  ref: ObjectRef;
  paths: Array<string> | string;
  overview: boolean;
  events: boolean;
}>;


export type ObjectPageSubscription = { objectPage: { liveness: Liveness, staleSince: string | null, changed: Array<string>, object: unknown, warnings: number | null, state: { word: string, health: ObjectHealth, sentence: string | null } | null, events?: { missing: Array<string>, events: Array<{ key: string, type: string, reason: string, message: string, count: number, lastSeen: string, source: string, kind: string, name: string }> } | null } & { owners?: { missing: Array<string>, objects: Array<{ group: string, version: string, plural: string, kind: string, namespace: string | null, name: string, uid: string | null, exists: boolean, state: { word: string, health: ObjectHealth, sentence: string | null } | null }> } | null, children?: { total: number, missing: Array<string>, objects: Array<{ group: string, version: string, plural: string, kind: string, namespace: string | null, name: string, uid: string | null, parent: string | null, createdAt: string | null, state: { word: string, health: ObjectHealth, sentence: string | null } | null }> } | null, related?: { missing: Array<string>, objects: Array<{ group: string, version: string, plural: string, kind: string, namespace: string | null, name: string, relation: string | null, exists: boolean, state: { word: string, health: ObjectHealth, sentence: string | null } | null }> } | null, endpoints?: { total: number, ready: number, missing: Array<string>, endpoints: Array<{ address: string, ready: boolean, terminating: boolean, pod: string | null, node: string | null }>, ports: Array<{ name: string | null, port: number | null, protocol: string }> } | null, workload: { paused: boolean, strategy: string, selector: string, replicas: { desired: number, current: number, updated: number, ready: number, available: number }, rollout: { state: RolloutState, sentence: string, problems: Array<{ pod: string | null, reason: string, message: string }> }, autoscalers: Array<{ name: string, minReplicas: number, maxReplicas: number }> | null } | null, pods: { total: number, missing: string | null, pods: Array<{ key: string, namespace: string, name: string, status: string, health: ObjectHealth, readyContainers: number, containers: number, restarts: number, lastRestart: string | null, node: string | null, ip: string | null, createdAt: string, trouble: string | null, cpuRequest: number, memoryRequest: number, cpuLimit: number, memoryLimit: number }> } | null, containers: { containers: Array<{ name: string, role: ContainerRole, image: string, imageId: string | null, state: string | null, health: ObjectHealth, explanation: string | null, advice: string | null, startedAt: string | null, finishedAt: string | null, restarts: number, lastEnd: string | null, lastEndAt: string | null, command: string | null, ports: Array<string>, requests: Array<string>, limits: Array<string>, probes: Array<{ kind: string, text: string }>, mounts: Array<{ path: string, volume: string, readOnly: boolean }>, env: Array<{ name: string, value: string | null, source: { kind: EnvSourceKind, object: string | null, key: string | null, optional: boolean, prefix: string | null } | null }> }>, volumes: Array<{ name: string, kind: string, object: string | null, text: string | null }>, facts: Array<{ name: string, values: Array<string> }> } | null, job: { completions: number, parallelism: number, active: number, ready: number, succeeded: number, failed: number, backoffLimit: number, suspended: boolean, startTime: string | null, completionTime: string | null, sentence: string, health: ObjectHealth } | null, cronJob: { schedule: string, words: string | null, timeZone: string | null, suspended: boolean, nextRuns: Array<string>, lastScheduleTime: string | null, lastSuccessfulTime: string | null, concurrencyPolicy: string, missing: string | null, jobs: Array<{ key: string, name: string, status: string, health: ObjectHealth, startTime: string | null, completionTime: string | null, manual: boolean, message: string | null }> } | null, node: { unschedulable: boolean, taints: Array<string>, imagesTotal: number, missing: string | null, resources: Array<{ name: string, capacity: number, allocatable: number, requested: number | null, limit: number | null }>, addresses: Array<{ name: string, values: Array<string> }>, versions: Array<{ name: string, values: Array<string> }>, images: Array<{ name: string, sizeBytes: number }> } | null, metrics: { liveness: Liveness, staleSince: string | null, snapshot: boolean, hasHistory: boolean, problem: string | null, series: Array<{ name: string, times: Array<number>, cpu: Array<number>, memory: Array<number> }> } | null, contents: { missing: Array<string>, kinds: Array<{ group: string, version: string, plural: string, kind: string, count: number }> } | null, quotas: { missing: Array<string>, quotas: Array<{ name: string, resources: Array<{ name: string, hard: string, used: string | null }> }> } | null, delivery: { staleSince: string | null, state: { deadLetters: number, types: Array<{ type: string, exists: boolean, rate: number | null, delivered: number, pending: number, inFlight: number, redelivered: number, oldestPending: string | null, waitingDispatchers: number }>, lastError: { time: string, status: number, message: string, eventId: string, type: string } | null } | null, problem: { kind: EventingProblemKind, message: string } | null } | null } };

export type OverviewPartsFragment = { owners: { missing: Array<string>, objects: Array<{ group: string, version: string, plural: string, kind: string, namespace: string | null, name: string, uid: string | null, exists: boolean, state: { word: string, health: ObjectHealth, sentence: string | null } | null }> } | null, children: { total: number, missing: Array<string>, objects: Array<{ group: string, version: string, plural: string, kind: string, namespace: string | null, name: string, uid: string | null, parent: string | null, createdAt: string | null, state: { word: string, health: ObjectHealth, sentence: string | null } | null }> } | null, related: { missing: Array<string>, objects: Array<{ group: string, version: string, plural: string, kind: string, namespace: string | null, name: string, relation: string | null, exists: boolean, state: { word: string, health: ObjectHealth, sentence: string | null } | null }> } | null, endpoints: { total: number, ready: number, missing: Array<string>, endpoints: Array<{ address: string, ready: boolean, terminating: boolean, pod: string | null, node: string | null }>, ports: Array<{ name: string | null, port: number | null, protocol: string }> } | null, workload: { paused: boolean, strategy: string, selector: string, replicas: { desired: number, current: number, updated: number, ready: number, available: number }, rollout: { state: RolloutState, sentence: string, problems: Array<{ pod: string | null, reason: string, message: string }> }, autoscalers: Array<{ name: string, minReplicas: number, maxReplicas: number }> | null } | null, pods: { total: number, missing: string | null, pods: Array<{ key: string, namespace: string, name: string, status: string, health: ObjectHealth, readyContainers: number, containers: number, restarts: number, lastRestart: string | null, node: string | null, ip: string | null, createdAt: string, trouble: string | null, cpuRequest: number, memoryRequest: number, cpuLimit: number, memoryLimit: number }> } | null, containers: { containers: Array<{ name: string, role: ContainerRole, image: string, imageId: string | null, state: string | null, health: ObjectHealth, explanation: string | null, advice: string | null, startedAt: string | null, finishedAt: string | null, restarts: number, lastEnd: string | null, lastEndAt: string | null, command: string | null, ports: Array<string>, requests: Array<string>, limits: Array<string>, probes: Array<{ kind: string, text: string }>, mounts: Array<{ path: string, volume: string, readOnly: boolean }>, env: Array<{ name: string, value: string | null, source: { kind: EnvSourceKind, object: string | null, key: string | null, optional: boolean, prefix: string | null } | null }> }>, volumes: Array<{ name: string, kind: string, object: string | null, text: string | null }>, facts: Array<{ name: string, values: Array<string> }> } | null, job: { completions: number, parallelism: number, active: number, ready: number, succeeded: number, failed: number, backoffLimit: number, suspended: boolean, startTime: string | null, completionTime: string | null, sentence: string, health: ObjectHealth } | null, cronJob: { schedule: string, words: string | null, timeZone: string | null, suspended: boolean, nextRuns: Array<string>, lastScheduleTime: string | null, lastSuccessfulTime: string | null, concurrencyPolicy: string, missing: string | null, jobs: Array<{ key: string, name: string, status: string, health: ObjectHealth, startTime: string | null, completionTime: string | null, manual: boolean, message: string | null }> } | null, node: { unschedulable: boolean, taints: Array<string>, imagesTotal: number, missing: string | null, resources: Array<{ name: string, capacity: number, allocatable: number, requested: number | null, limit: number | null }>, addresses: Array<{ name: string, values: Array<string> }>, versions: Array<{ name: string, values: Array<string> }>, images: Array<{ name: string, sizeBytes: number }> } | null, metrics: { liveness: Liveness, staleSince: string | null, snapshot: boolean, hasHistory: boolean, problem: string | null, series: Array<{ name: string, times: Array<number>, cpu: Array<number>, memory: Array<number> }> } | null, contents: { missing: Array<string>, kinds: Array<{ group: string, version: string, plural: string, kind: string, count: number }> } | null, quotas: { missing: Array<string>, quotas: Array<{ name: string, resources: Array<{ name: string, hard: string, used: string | null }> }> } | null, delivery: { staleSince: string | null, state: { deadLetters: number, types: Array<{ type: string, exists: boolean, rate: number | null, delivered: number, pending: number, inFlight: number, redelivered: number, oldestPending: string | null, waitingDispatchers: number }>, lastError: { time: string, status: number, message: string, eventId: string, type: string } | null } | null, problem: { kind: EventingProblemKind, message: string } | null } | null };

export type NamespacePagePartsFragment = { contents: { missing: Array<string>, kinds: Array<{ group: string, version: string, plural: string, kind: string, count: number }> } | null, quotas: { missing: Array<string>, quotas: Array<{ name: string, resources: Array<{ name: string, hard: string, used: string | null }> }> } | null };

export type PatchMetadataMutationVariables = Exact<{
  ref: ObjectRef;
  patch: unknown;
  dryRun: boolean;
}>;


export type PatchMetadataMutation = { patchObject: unknown };

export type ChangeFragment = { field: string, before: string | null, after: string | null };

export type ApiResourcesQueryVariables = Exact<{ [key: string]: never; }>;


export type ApiResourcesQuery = { apiResources: Array<{ group: string, version: string, plural: string, kind: string, namespaced: boolean, verbs: Array<string>, shortNames: Array<string>, categories: Array<string> }> };

export type ObjectsQueryVariables = Exact<{
  type: ResourceType;
  namespace?: string | null | undefined;
  labelSelector?: string | null | undefined;
}>;


export type ObjectsQuery = { objects: Array<unknown> };

export type ObjectYamlQueryVariables = Exact<{
  ref: ObjectRef;
}>;


export type ObjectYamlQuery = { objectYaml: string };

export type RevealSecretQueryVariables = Exact<{
  namespace: string;
  name: string;
  key: string;
}>;


export type RevealSecretQuery = { revealSecret: string };

export type CreateObjectMutationVariables = Exact<{
  object: unknown;
  dryRun?: boolean | null | undefined;
}>;


export type CreateObjectMutation = { createObject: unknown };

export type ApplyYamlMutationVariables = Exact<{
  ref?: ObjectRef | null | undefined;
  yaml: string;
  dryRun?: boolean | null | undefined;
  force?: boolean | null | undefined;
}>;


export type ApplyYamlMutation = { applyYaml: { object: unknown, conflicts: Array<{ manager: string, field: string, message: string }> } };

export type DeleteObjectMutationVariables = Exact<{
  ref: ObjectRef;
  uid?: string | null | undefined;
  dryRun: boolean;
}>;


export type DeleteObjectMutation = { deleteObject: boolean };

export type ClusterOverviewSubscriptionVariables = Exact<{
  namespaces?: Array<string> | string | null | undefined;
}>;


export type ClusterOverviewSubscription = { clusterOverview: { liveness: Liveness, staleSince: string | null, failingTotal: number, missing: Array<string>, kinds: Array<{ group: string, version: string, plural: string, kind: string, total: number, ok: number, progress: number, warning: number, error: number }>, failing: Array<{ key: string, group: string, version: string, plural: string, kind: string, namespace: string | null, name: string, createdAt: string, state: { word: string, health: ObjectHealth, sentence: string | null } }>, capacity: { nodes: number, cpu: { allocatable: number, requested: number }, memory: { allocatable: number, requested: number }, pods: { allocatable: number, requested: number } } | null, warnings: Array<{ key: string, reason: string, message: string, count: number, lastSeen: string, apiVersion: string, kind: string, namespace: string | null, name: string }> } };

export type ObjectEventsSubscriptionVariables = Exact<{
  ref: ObjectRef;
}>;


export type ObjectEventsSubscription = { objectEvents: { liveness: Liveness, object: unknown } };

export type ObjectsEventsSubscriptionVariables = Exact<{
  type: ResourceType;
  namespace?: string | null | undefined;
  labelSelector?: string | null | undefined;
  fieldSelector?: string | null | undefined;
}>;


export type ObjectsEventsSubscription = { objectsEvents: { liveness: Liveness, snapshot: boolean, objects: Array<unknown>, deleted: Array<string> } };

export type SearchObjectsQueryVariables = Exact<{
  text: string;
  namespaces?: Array<string> | string | null | undefined;
  limit: number;
}>;


export type SearchObjectsQuery = { searchObjects: Array<{ group: string, version: string, plural: string, kind: string, namespace: string | null, name: string, score: number }> };

export type SessionQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionQuery = { session: { user: string, groups: Array<string>, actor: string, signedInAs: string, method: SignInMethod, endsAt: string | null, cluster: string, serverVersion: string, local: boolean, testIssuer: boolean, viewAs: { user: string, groups: Array<string>, uid: string | null } | null } };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut: boolean };

export type ViewAsMutationVariables = Exact<{
  subject: ViewAsInput;
}>;


export type ViewAsMutation = { viewAs: boolean };

export type StopViewAsMutationVariables = Exact<{ [key: string]: never; }>;


export type StopViewAsMutation = { stopViewAs: boolean };

export type WorkloadPagePartsFragment = { workload: { paused: boolean, strategy: string, selector: string, replicas: { desired: number, current: number, updated: number, ready: number, available: number }, rollout: { state: RolloutState, sentence: string, problems: Array<{ pod: string | null, reason: string, message: string }> }, autoscalers: Array<{ name: string, minReplicas: number, maxReplicas: number }> | null } | null, pods: { total: number, missing: string | null, pods: Array<{ key: string, namespace: string, name: string, status: string, health: ObjectHealth, readyContainers: number, containers: number, restarts: number, lastRestart: string | null, node: string | null, ip: string | null, createdAt: string, trouble: string | null, cpuRequest: number, memoryRequest: number, cpuLimit: number, memoryLimit: number }> } | null, containers: { containers: Array<{ name: string, role: ContainerRole, image: string, imageId: string | null, state: string | null, health: ObjectHealth, explanation: string | null, advice: string | null, startedAt: string | null, finishedAt: string | null, restarts: number, lastEnd: string | null, lastEndAt: string | null, command: string | null, ports: Array<string>, requests: Array<string>, limits: Array<string>, probes: Array<{ kind: string, text: string }>, mounts: Array<{ path: string, volume: string, readOnly: boolean }>, env: Array<{ name: string, value: string | null, source: { kind: EnvSourceKind, object: string | null, key: string | null, optional: boolean, prefix: string | null } | null }> }>, volumes: Array<{ name: string, kind: string, object: string | null, text: string | null }>, facts: Array<{ name: string, values: Array<string> }> } | null, job: { completions: number, parallelism: number, active: number, ready: number, succeeded: number, failed: number, backoffLimit: number, suspended: boolean, startTime: string | null, completionTime: string | null, sentence: string, health: ObjectHealth } | null, cronJob: { schedule: string, words: string | null, timeZone: string | null, suspended: boolean, nextRuns: Array<string>, lastScheduleTime: string | null, lastSuccessfulTime: string | null, concurrencyPolicy: string, missing: string | null, jobs: Array<{ key: string, name: string, status: string, health: ObjectHealth, startTime: string | null, completionTime: string | null, manual: boolean, message: string | null }> } | null, node: { unschedulable: boolean, taints: Array<string>, imagesTotal: number, missing: string | null, resources: Array<{ name: string, capacity: number, allocatable: number, requested: number | null, limit: number | null }>, addresses: Array<{ name: string, values: Array<string> }>, versions: Array<{ name: string, values: Array<string> }>, images: Array<{ name: string, sizeBytes: number }> } | null };

export type ScaleWorkloadMutationVariables = Exact<{
  ref: ObjectRef;
  replicas: number;
  expected?: number | null | undefined;
  dryRun: boolean;
}>;


export type ScaleWorkloadMutation = { scaleWorkload: { message: string, changes: Array<{ field: string, before: string | null, after: string | null }> } };

export type RestartWorkloadMutationVariables = Exact<{
  ref: ObjectRef;
  dryRun: boolean;
}>;


export type RestartWorkloadMutation = { restartWorkload: { message: string, changes: Array<{ field: string, before: string | null, after: string | null }> } };

export type PauseRolloutMutationVariables = Exact<{
  ref: ObjectRef;
  paused: boolean;
  dryRun: boolean;
}>;


export type PauseRolloutMutation = { pauseRollout: { message: string, changes: Array<{ field: string, before: string | null, after: string | null }> } };

export type RollbackWorkloadMutationVariables = Exact<{
  ref: ObjectRef;
  revision: number;
  dryRun: boolean;
}>;


export type RollbackWorkloadMutation = { rollbackWorkload: { message: string, changes: Array<{ field: string, before: string | null, after: string | null }> } };

export type TriggerCronJobMutationVariables = Exact<{
  namespace: string;
  name: string;
  dryRun: boolean;
}>;


export type TriggerCronJobMutation = { triggerCronJob: { message: string } };

export type SuspendMutationVariables = Exact<{
  ref: ObjectRef;
  suspended: boolean;
  dryRun: boolean;
}>;


export type SuspendMutation = { suspend: { message: string, changes: Array<{ field: string, before: string | null, after: string | null }> } };

export type RerunJobMutationVariables = Exact<{
  namespace: string;
  name: string;
  dryRun: boolean;
}>;


export type RerunJobMutation = { rerunJob: { message: string } };

export type CordonNodeMutationVariables = Exact<{
  name: string;
  cordoned: boolean;
  dryRun: boolean;
}>;


export type CordonNodeMutation = { cordonNode: { message: string, changes: Array<{ field: string, before: string | null, after: string | null }> } };

export type EvictPodsMutationVariables = Exact<{
  pods: Array<PodTarget> | PodTarget;
  gracePeriodSeconds?: number | null | undefined;
  dryRun: boolean;
}>;


export type EvictPodsMutation = { evictPods: Array<{ namespace: string, name: string, uid: string | null, outcome: EvictionOutcome, message: string }> };

export type ScaleTargetQueryVariables = Exact<{
  ref: ObjectRef;
}>;


export type ScaleTargetQuery = { scaleTarget: { replicas: number, autoscalers: Array<{ name: string, minReplicas: number, maxReplicas: number }> | null } };

export type WorkloadRevisionsQueryVariables = Exact<{
  ref: ObjectRef;
}>;


export type WorkloadRevisionsQuery = { workloadRevisions: Array<{ revision: number, name: string, createdAt: string, changeCause: string | null, images: Array<string>, pods: number, current: boolean }> };

export type RevisionComparisonQueryVariables = Exact<{
  ref: ObjectRef;
  revision: number;
}>;


export type RevisionComparisonQuery = { revisionComparison: { before: string, after: string, changeCause: string | null, current: boolean } };

export type DrainPlanQueryVariables = Exact<{
  node: string;
}>;


export type DrainPlanQuery = { drainPlan: Array<{ namespace: string, name: string, uid: string, controller: string | null, skipped: string | null, isUnmanaged: boolean, emptyDirs: Array<string>, terminatingSince: string | null }> };

export type GatewaysQueryVariables = Exact<{ [key: string]: never; }>;


export type GatewaysQuery = { gateways: Array<{ ref: string, hosts: Array<string>, domain: string | null, urlTemplate: string }>, testIssuer: { issuer: string, jwksUri: string } | null };

export type HostClaimQueryVariables = Exact<{
  host: string;
  gateway: string;
  except?: string | null | undefined;
}>;


export type HostClaimQuery = { hostClaim: { host: string, owner: string } | null };

export type ApiRulePreviewQueryVariables = Exact<{
  apiRule: unknown;
}>;


export type ApiRulePreviewQuery = { previewApiRule: { yaml: string, problems: Array<string>, routes: Array<{ index: number, path: string, methods: Array<string>, access: string, service: string, note: string | null }> } };

export type ApiRuleRoutesQueryVariables = Exact<{
  namespace: string;
  name: string;
}>;


export type ApiRuleRoutesQuery = { effectiveRoutes: Array<{ index: number, path: string, methods: Array<string>, access: string, service: string, note: string | null }> };

export type ApiRuleTrafficQueryVariables = Exact<{
  namespace: string;
  name: string;
}>;


export type ApiRuleTrafficQuery = { apiRuleTraffic: Array<{ index: number, requests: number, errors: number, refused: number }> | null };

export type ProbeApiRuleMutationVariables = Exact<{
  request: ProbeRequest;
}>;


export type ProbeApiRuleMutation = { probeApiRule: { url: string, status: number, durationMs: number, body: string, error: string | null } };

export type EventSuggestionsQueryVariables = Exact<{
  namespaces?: Array<string> | string | null | undefined;
  source?: string | null | undefined;
  type?: string | null | undefined;
}>;


export type EventSuggestionsQuery = { eventSuggestions: { sources: Array<string>, complete: boolean, types: Array<{ type: string, source: string, seen: boolean }> } };

export type CheckSubscriptionQueryVariables = Exact<{
  subscription: unknown;
}>;


export type CheckSubscriptionQuery = { checkSubscription: Array<{ field: string, message: string, blocks: boolean }> };

export type CheckEventQueryVariables = Exact<{
  event: string;
}>;


export type CheckEventQuery = { checkEvent: Array<{ field: string, message: string, blocks: boolean }> };

export type DeadLettersQueryVariables = Exact<{
  namespaces?: Array<string> | string | null | undefined;
  subscription?: string | null | undefined;
  limit: number;
  continue?: string | null | undefined;
}>;


export type DeadLettersQuery = { deadLetters: { continue: string | null, deadLetters: Array<{ namespace: string, name: string, subscription: string, time: string, reason: string, attempts: number, status: number, answer: string, sink: string, event: string | null }>, problems: Array<{ kind: EventingProblemKind, message: string }> } };

export type SendTestEventMutationVariables = Exact<{
  event: string;
}>;


export type SendTestEventMutation = { sendTestEvent: { accepted: boolean, status: number, message: string | null, durationMs: number } };

export type ReplayDeadLetterMutationVariables = Exact<{
  namespace: string;
  name: string;
  event?: string | null | undefined;
}>;


export type ReplayDeadLetterMutation = { replayDeadLetter: { delivered: boolean, status: number, answer: string, deadLetter: string | null } };

export type DiscardDeadLetterMutationVariables = Exact<{
  namespace: string;
  name: string;
}>;


export type DiscardDeadLetterMutation = { discardDeadLetter: boolean };

export type EventingSubscriptionVariables = Exact<{
  namespaces?: Array<string> | string | null | undefined;
}>;


export type EventingSubscription = { eventing: { staleSince: string | null, subscriptionsTotal: number, deadLettersTotal: number | null, streams: Array<{ name: string, messages: number, bytes: number, maxBytes: number, maxMessagesPerSubject: number, consumers: number, firstTime: string | null, lastTime: string | null }> | null, server: { version: string, storageUsed: number, storageReserved: number, storageLimit: number | null } | null, observed: Array<{ type: string, source: string, count: number, rate: number | null, lastTime: string }> | null, subscriptions: Array<{ namespace: string, name: string, source: string, anySource: boolean, sink: string, ready: boolean, reason: string | null, deadLetters: number | null, types: Array<{ type: string, published: number | null, rate: number | null, pending: number | null, inFlight: number | null }>, lastError: { time: string, status: number, message: string, eventId: string, type: string } | null }> | null, problems: Array<{ kind: EventingProblemKind, message: string }> } };

export type SubscriptionFiguresSubscriptionVariables = Exact<{
  namespaces?: Array<string> | string | null | undefined;
}>;


export type SubscriptionFiguresSubscription = { subscriptionFigures: { staleSince: string | null, figures: Array<{ namespace: string, name: string, waiting: number, deadLetters: number }>, problems: Array<{ kind: EventingProblemKind, message: string }> } };

export type EventTailSubscriptionVariables = Exact<{
  type?: string | null | undefined;
  source?: string | null | undefined;
}>;


export type EventTailSubscription = { eventTail: { watching: boolean, opened: boolean, omitted: number, items: Array<{ time: string, source: string, type: string, event: string, truncated: boolean }>, problem: { kind: EventingProblemKind, message: string } | null } };

export type DeliveryAttemptsSubscriptionVariables = Exact<{
  namespace: string;
  subscription: string;
}>;


export type DeliveryAttemptsSubscription = { deliveryAttempts: { watching: boolean, opened: boolean, omitted: number, items: Array<{ time: string, namespace: string, subscription: string, eventId: string, source: string, type: string, sink: string, attempt: number, status: number, outcome: DeliveryOutcome, nextAttemptMs: number | null, durationMs: number, error: string | null }>, problem: { kind: EventingProblemKind, message: string } | null } };

export type TestEventOutcomeSubscriptionVariables = Exact<{
  event: EventKeyInput;
  namespaces?: Array<string> | string | null | undefined;
}>;


export type TestEventOutcomeSubscription = { testEventOutcome: { watching: boolean, matches: Array<{ namespace: string, name: string, sink: string, ready: boolean, reason: string | null }>, attempts: Array<{ time: string, namespace: string, subscription: string, eventId: string, source: string, type: string, sink: string, attempt: number, status: number, outcome: DeliveryOutcome, nextAttemptMs: number | null, durationMs: number, error: string | null }>, problems: Array<{ kind: EventingProblemKind, message: string }> } };

export type FunctionTypingsQueryVariables = Exact<{ [key: string]: never; }>;


export type FunctionTypingsQuery = { functionTypings: string };

export type FunctionRevisionsQueryVariables = Exact<{
  ref: FunctionRef;
}>;


export type FunctionRevisionsQuery = { functionRevisions: Array<{ name: string, revision: number, createdAt: string, current: boolean, spec: unknown }> };

export type FunctionDiagnosisQueryVariables = Exact<{
  ref: FunctionRef;
}>;


export type FunctionDiagnosisQuery = { functionDiagnosis: { cause: string, pod: string | null, container: string | null, lines: Array<string> } | null };

export type SaveFunctionMutationVariables = Exact<{
  ref: FunctionRef;
  edit: FunctionEdit;
  base: unknown;
  force?: boolean | null | undefined;
}>;


export type SaveFunctionMutation = { saveFunction: { object: unknown, conflicts: Array<{ manager: string, field: string, message: string }> } };

export type RevertFunctionMutationVariables = Exact<{
  ref: FunctionRef;
  revision: string;
}>;


export type RevertFunctionMutation = { revertFunction: unknown };

export type RunFunctionMutationVariables = Exact<{
  ref: FunctionRef;
  request: RunRequest;
}>;


export type RunFunctionMutation = { runFunction: { status: number, statusText: string, body: string, base64: boolean, truncated: boolean, durationMs: number, error: string | null, note: string | null, headers: Array<{ name: string, value: string }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const WorkloadPagePartsFragmentDoc = new TypedDocumentString(`
    fragment WorkloadPageParts on ObjectPageMessage {
  workload {
    replicas {
      desired
      current
      updated
      ready
      available
    }
    rollout {
      state
      sentence
      problems {
        pod
        reason
        message
      }
    }
    paused
    strategy
    selector
    autoscalers {
      name
      minReplicas
      maxReplicas
    }
  }
  pods {
    pods {
      key
      namespace
      name
      status
      health
      readyContainers
      containers
      restarts
      lastRestart
      node
      ip
      createdAt
      trouble
      cpuRequest
      memoryRequest
      cpuLimit
      memoryLimit
    }
    total
    missing
  }
  containers {
    containers {
      name
      role
      image
      imageId
      state
      health
      explanation
      advice
      startedAt
      finishedAt
      restarts
      lastEnd
      lastEndAt
      command
      ports
      requests
      limits
      probes {
        kind
        text
      }
      mounts {
        path
        volume
        readOnly
      }
      env {
        name
        value
        source {
          kind
          object
          key
          optional
          prefix
        }
      }
    }
    volumes {
      name
      kind
      object
      text
    }
    facts {
      name
      values
    }
  }
  job {
    completions
    parallelism
    active
    ready
    succeeded
    failed
    backoffLimit
    suspended
    startTime
    completionTime
    sentence
    health
  }
  cronJob {
    schedule
    words
    timeZone
    suspended
    nextRuns
    lastScheduleTime
    lastSuccessfulTime
    concurrencyPolicy
    jobs {
      key
      name
      status
      health
      startTime
      completionTime
      manual
      message
    }
    missing
  }
  node {
    unschedulable
    resources {
      name
      capacity
      allocatable
      requested
      limit
    }
    taints
    addresses {
      name
      values
    }
    versions {
      name
      values
    }
    images {
      name
      sizeBytes
    }
    imagesTotal
    missing
  }
}
    `, {"fragmentName":"WorkloadPageParts"}) as unknown as TypedDocumentString<WorkloadPagePartsFragment, unknown>;
export const MetricsPagePartFragmentDoc = new TypedDocumentString(`
    fragment MetricsPagePart on ObjectPageMessage {
  metrics {
    liveness
    staleSince
    snapshot
    hasHistory
    problem
    series {
      name
      times
      cpu
      memory
    }
  }
}
    `, {"fragmentName":"MetricsPagePart"}) as unknown as TypedDocumentString<MetricsPagePartFragment, unknown>;
export const NamespacePagePartsFragmentDoc = new TypedDocumentString(`
    fragment NamespacePageParts on ObjectPageMessage {
  contents {
    kinds {
      group
      version
      plural
      kind
      count
    }
    missing
  }
  quotas {
    quotas {
      name
      resources {
        name
        hard
        used
      }
    }
    missing
  }
}
    `, {"fragmentName":"NamespacePageParts"}) as unknown as TypedDocumentString<NamespacePagePartsFragment, unknown>;
export const EventingPagePartFragmentDoc = new TypedDocumentString(`
    fragment EventingPagePart on ObjectPageMessage {
  delivery {
    state {
      types {
        type
        exists
        rate
        delivered
        pending
        inFlight
        redelivered
        oldestPending
        waitingDispatchers
      }
      deadLetters
      lastError {
        time
        status
        message
        eventId
        type
      }
    }
    staleSince
    problem {
      kind
      message
    }
  }
}
    `, {"fragmentName":"EventingPagePart"}) as unknown as TypedDocumentString<EventingPagePartFragment, unknown>;
export const OverviewPartsFragmentDoc = new TypedDocumentString(`
    fragment OverviewParts on ObjectPageMessage {
  owners {
    objects {
      group
      version
      plural
      kind
      namespace
      name
      uid
      exists
      state {
        word
        health
        sentence
      }
    }
    missing
  }
  children {
    objects {
      group
      version
      plural
      kind
      namespace
      name
      uid
      parent
      createdAt
      state {
        word
        health
        sentence
      }
    }
    total
    missing
  }
  related {
    objects {
      group
      version
      plural
      kind
      namespace
      name
      relation
      exists
      state {
        word
        health
        sentence
      }
    }
    missing
  }
  ...WorkloadPageParts
  ...MetricsPagePart
  ...NamespacePageParts
  ...EventingPagePart
  endpoints {
    endpoints {
      address
      ready
      terminating
      pod
      node
    }
    total
    ready
    ports {
      name
      port
      protocol
    }
    missing
  }
}
    fragment EventingPagePart on ObjectPageMessage {
  delivery {
    state {
      types {
        type
        exists
        rate
        delivered
        pending
        inFlight
        redelivered
        oldestPending
        waitingDispatchers
      }
      deadLetters
      lastError {
        time
        status
        message
        eventId
        type
      }
    }
    staleSince
    problem {
      kind
      message
    }
  }
}
fragment MetricsPagePart on ObjectPageMessage {
  metrics {
    liveness
    staleSince
    snapshot
    hasHistory
    problem
    series {
      name
      times
      cpu
      memory
    }
  }
}
fragment NamespacePageParts on ObjectPageMessage {
  contents {
    kinds {
      group
      version
      plural
      kind
      count
    }
    missing
  }
  quotas {
    quotas {
      name
      resources {
        name
        hard
        used
      }
    }
    missing
  }
}
fragment WorkloadPageParts on ObjectPageMessage {
  workload {
    replicas {
      desired
      current
      updated
      ready
      available
    }
    rollout {
      state
      sentence
      problems {
        pod
        reason
        message
      }
    }
    paused
    strategy
    selector
    autoscalers {
      name
      minReplicas
      maxReplicas
    }
  }
  pods {
    pods {
      key
      namespace
      name
      status
      health
      readyContainers
      containers
      restarts
      lastRestart
      node
      ip
      createdAt
      trouble
      cpuRequest
      memoryRequest
      cpuLimit
      memoryLimit
    }
    total
    missing
  }
  containers {
    containers {
      name
      role
      image
      imageId
      state
      health
      explanation
      advice
      startedAt
      finishedAt
      restarts
      lastEnd
      lastEndAt
      command
      ports
      requests
      limits
      probes {
        kind
        text
      }
      mounts {
        path
        volume
        readOnly
      }
      env {
        name
        value
        source {
          kind
          object
          key
          optional
          prefix
        }
      }
    }
    volumes {
      name
      kind
      object
      text
    }
    facts {
      name
      values
    }
  }
  job {
    completions
    parallelism
    active
    ready
    succeeded
    failed
    backoffLimit
    suspended
    startTime
    completionTime
    sentence
    health
  }
  cronJob {
    schedule
    words
    timeZone
    suspended
    nextRuns
    lastScheduleTime
    lastSuccessfulTime
    concurrencyPolicy
    jobs {
      key
      name
      status
      health
      startTime
      completionTime
      manual
      message
    }
    missing
  }
  node {
    unschedulable
    resources {
      name
      capacity
      allocatable
      requested
      limit
    }
    taints
    addresses {
      name
      values
    }
    versions {
      name
      values
    }
    images {
      name
      sizeBytes
    }
    imagesTotal
    missing
  }
}`, {"fragmentName":"OverviewParts"}) as unknown as TypedDocumentString<OverviewPartsFragment, unknown>;
export const ChangeFragmentDoc = new TypedDocumentString(`
    fragment Change on ChangedField {
  field
  before
  after
}
    `, {"fragmentName":"Change"}) as unknown as TypedDocumentString<ChangeFragment, unknown>;
export const AccessDocument = new TypedDocumentString(`
    query Access($checks: [AccessCheck!]!) {
  access(checks: $checks) {
    allowed
    reason
    message
  }
}
    `) as unknown as TypedDocumentString<AccessQuery, AccessQueryVariables>;
export const GrantorsDocument = new TypedDocumentString(`
    query Grantors($check: AccessCheck!) {
  grantors(check: $check) {
    subjects {
      kind
      name
      namespace
    }
    complete
  }
}
    `) as unknown as TypedDocumentString<GrantorsQuery, GrantorsQueryVariables>;
export const AccessRulesDocument = new TypedDocumentString(`
    query AccessRules($namespace: String) {
  accessRules(namespace: $namespace) {
    rules {
      verbs
      apiGroups
      resources
      resourceNames
    }
    nonResourceRules {
      verbs
      urls
    }
    incomplete
    note
  }
}
    `) as unknown as TypedDocumentString<AccessRulesQuery, AccessRulesQueryVariables>;
export const ComponentsDocument = new TypedDocumentString(`
    subscription Components {
  components {
    name
    state
    restarts
    message
    since
  }
}
    `) as unknown as TypedDocumentString<ComponentsSubscription, ComponentsSubscriptionVariables>;
export const KindSchemaDocument = new TypedDocumentString(`
    query KindSchema($type: ResourceType!) {
  kindSchema(type: $type)
}
    `) as unknown as TypedDocumentString<KindSchemaQuery, KindSchemaQueryVariables>;
export const RebaseYamlDocument = new TypedDocumentString(`
    query RebaseYaml($ref: ObjectRef!, $base: String!, $text: String!) {
  rebaseYaml(ref: $ref, base: $base, text: $text) {
    live
    text
    changes {
      field
      managers
      before
      after
    }
    conflicts {
      reason
      field
      managers
      base
      theirs
      mine
    }
  }
}
    `) as unknown as TypedDocumentString<RebaseYamlQuery, RebaseYamlQueryVariables>;
export const SaveYamlDocument = new TypedDocumentString(`
    mutation SaveYaml($ref: ObjectRef!, $base: String!, $text: String!, $choices: [FieldChoice!]!, $dryRun: Boolean!) {
  saveYaml(
    ref: $ref
    base: $base
    text: $text
    choices: $choices
    dryRun: $dryRun
  ) {
    conflicts {
      reason
      field
      managers
      base
      theirs
      mine
    }
    refusal {
      message
      causes {
        field
        message
        line
      }
    }
    stored
    result
    method
    fields
    ignored {
      field
      mine
      result
    }
    text
  }
}
    `) as unknown as TypedDocumentString<SaveYamlMutation, SaveYamlMutationVariables>;
export const ApplyManifestDocument = new TypedDocumentString(`
    mutation ApplyManifest($yaml: String!, $namespace: String, $firstLine: Int!, $force: Boolean!, $dryRun: Boolean!) {
  applyManifest(
    yaml: $yaml
    namespace: $namespace
    firstLine: $firstLine
    force: $force
    dryRun: $dryRun
  ) {
    outcome
    apiVersion
    kind
    namespace
    name
    plural
    message
    line
    pending
    stored
    result
    conflicts {
      field
      managers
    }
  }
}
    `) as unknown as TypedDocumentString<ApplyManifestMutation, ApplyManifestMutationVariables>;
export const WhoCanDocument = new TypedDocumentString(`
    query WhoCan($check: AccessCheck!) {
  whoCan(check: $check) {
    grants {
      subject {
        kind
        name
        namespace
      }
      bindingKind
      binding
      roleKind
      role
      rule
      namespace
    }
    total
    missing
  }
}
    `) as unknown as TypedDocumentString<WhoCanQuery, WhoCanQueryVariables>;
export const ProbeServiceDocument = new TypedDocumentString(`
    mutation ProbeService($namespace: String!, $service: String!, $port: Int!, $path: String!) {
  probeService(namespace: $namespace, service: $service, port: $port, path: $path) {
    status
    statusText
    milliseconds
    body
    problem
  }
}
    `) as unknown as TypedDocumentString<ProbeServiceMutation, ProbeServiceMutationVariables>;
export const TableWindowDocument = new TypedDocumentString(`
    subscription TableWindow($scope: TableScope!, $view: TableView!) {
  tableWindow(scope: $scope, view: $view) {
    liveness
    staleSince
    revision
    snapshot
    total
    unfiltered
    arriving
    offset
    columns {
      id
      name
      type
      description
      priority
    }
    order
    rows {
      key
      namespace
      name
      creationTimestamp
      labels
      cells
    }
    forbidden
    warnings
  }
}
    `) as unknown as TypedDocumentString<TableWindowSubscription, TableWindowSubscriptionVariables>;
export const BulkDocument = new TypedDocumentString(`
    mutation Bulk($input: BulkInput!) {
  bulk(input: $input) {
    namespace
    name
    ok
    message
  }
}
    `) as unknown as TypedDocumentString<BulkMutation, BulkMutationVariables>;
export const ObjectOnceDocument = new TypedDocumentString(`
    query ObjectOnce($ref: ObjectRef!) {
  object(ref: $ref)
}
    `) as unknown as TypedDocumentString<ObjectOnceQuery, ObjectOnceQueryVariables>;
export const LogsDocument = new TypedDocumentString(`
    subscription Logs($source: LogSource!, $options: LogOptions, $resume: [String!]) {
  logs(source: $source, options: $options, resume: $resume) {
    streams {
      index
      pod
      container
      kind
      restarts
      state
      message
    }
    sources
    times
    texts
    gaps {
      before
      stream
      count
    }
    cursors {
      stream
      token
    }
    liveness
    omitted
    ended
  }
}
    `) as unknown as TypedDocumentString<LogsSubscription, LogsSubscriptionVariables>;
export const DebugPodDocument = new TypedDocumentString(`
    mutation DebugPod($namespace: String!, $pod: String!, $image: String!, $target: String) {
  debugPod(namespace: $namespace, pod: $pod, image: $image, target: $target)
}
    `) as unknown as TypedDocumentString<DebugPodMutation, DebugPodMutationVariables>;
export const ObjectPageDocument = new TypedDocumentString(`
    subscription ObjectPage($ref: ObjectRef!, $paths: [String!]!, $overview: Boolean!, $events: Boolean!) {
  objectPage(ref: $ref) {
    liveness
    staleSince
    changed
    object(paths: $paths)
    state {
      word
      health
      sentence
    }
    warnings
    events @include(if: $events) {
      events {
        key
        type
        reason
        message
        count
        lastSeen
        source
        kind
        name
      }
      missing
    }
    ...OverviewParts @include(if: $overview)
  }
}
    fragment EventingPagePart on ObjectPageMessage {
  delivery {
    state {
      types {
        type
        exists
        rate
        delivered
        pending
        inFlight
        redelivered
        oldestPending
        waitingDispatchers
      }
      deadLetters
      lastError {
        time
        status
        message
        eventId
        type
      }
    }
    staleSince
    problem {
      kind
      message
    }
  }
}
fragment MetricsPagePart on ObjectPageMessage {
  metrics {
    liveness
    staleSince
    snapshot
    hasHistory
    problem
    series {
      name
      times
      cpu
      memory
    }
  }
}
fragment OverviewParts on ObjectPageMessage {
  owners {
    objects {
      group
      version
      plural
      kind
      namespace
      name
      uid
      exists
      state {
        word
        health
        sentence
      }
    }
    missing
  }
  children {
    objects {
      group
      version
      plural
      kind
      namespace
      name
      uid
      parent
      createdAt
      state {
        word
        health
        sentence
      }
    }
    total
    missing
  }
  related {
    objects {
      group
      version
      plural
      kind
      namespace
      name
      relation
      exists
      state {
        word
        health
        sentence
      }
    }
    missing
  }
  ...WorkloadPageParts
  ...MetricsPagePart
  ...NamespacePageParts
  ...EventingPagePart
  endpoints {
    endpoints {
      address
      ready
      terminating
      pod
      node
    }
    total
    ready
    ports {
      name
      port
      protocol
    }
    missing
  }
}
fragment NamespacePageParts on ObjectPageMessage {
  contents {
    kinds {
      group
      version
      plural
      kind
      count
    }
    missing
  }
  quotas {
    quotas {
      name
      resources {
        name
        hard
        used
      }
    }
    missing
  }
}
fragment WorkloadPageParts on ObjectPageMessage {
  workload {
    replicas {
      desired
      current
      updated
      ready
      available
    }
    rollout {
      state
      sentence
      problems {
        pod
        reason
        message
      }
    }
    paused
    strategy
    selector
    autoscalers {
      name
      minReplicas
      maxReplicas
    }
  }
  pods {
    pods {
      key
      namespace
      name
      status
      health
      readyContainers
      containers
      restarts
      lastRestart
      node
      ip
      createdAt
      trouble
      cpuRequest
      memoryRequest
      cpuLimit
      memoryLimit
    }
    total
    missing
  }
  containers {
    containers {
      name
      role
      image
      imageId
      state
      health
      explanation
      advice
      startedAt
      finishedAt
      restarts
      lastEnd
      lastEndAt
      command
      ports
      requests
      limits
      probes {
        kind
        text
      }
      mounts {
        path
        volume
        readOnly
      }
      env {
        name
        value
        source {
          kind
          object
          key
          optional
          prefix
        }
      }
    }
    volumes {
      name
      kind
      object
      text
    }
    facts {
      name
      values
    }
  }
  job {
    completions
    parallelism
    active
    ready
    succeeded
    failed
    backoffLimit
    suspended
    startTime
    completionTime
    sentence
    health
  }
  cronJob {
    schedule
    words
    timeZone
    suspended
    nextRuns
    lastScheduleTime
    lastSuccessfulTime
    concurrencyPolicy
    jobs {
      key
      name
      status
      health
      startTime
      completionTime
      manual
      message
    }
    missing
  }
  node {
    unschedulable
    resources {
      name
      capacity
      allocatable
      requested
      limit
    }
    taints
    addresses {
      name
      values
    }
    versions {
      name
      values
    }
    images {
      name
      sizeBytes
    }
    imagesTotal
    missing
  }
}`) as unknown as TypedDocumentString<ObjectPageSubscription, ObjectPageSubscriptionVariables>;
export const PatchMetadataDocument = new TypedDocumentString(`
    mutation PatchMetadata($ref: ObjectRef!, $patch: JSON!, $dryRun: Boolean!) {
  patchObject(ref: $ref, patch: $patch, type: MERGE, dryRun: $dryRun)
}
    `) as unknown as TypedDocumentString<PatchMetadataMutation, PatchMetadataMutationVariables>;
export const ApiResourcesDocument = new TypedDocumentString(`
    query ApiResources {
  apiResources {
    group
    version
    plural
    kind
    namespaced
    verbs
    shortNames
    categories
  }
}
    `) as unknown as TypedDocumentString<ApiResourcesQuery, ApiResourcesQueryVariables>;
export const ObjectsDocument = new TypedDocumentString(`
    query Objects($type: ResourceType!, $namespace: String, $labelSelector: String) {
  objects(type: $type, namespace: $namespace, labelSelector: $labelSelector)
}
    `) as unknown as TypedDocumentString<ObjectsQuery, ObjectsQueryVariables>;
export const ObjectYamlDocument = new TypedDocumentString(`
    query ObjectYaml($ref: ObjectRef!) {
  objectYaml(ref: $ref)
}
    `) as unknown as TypedDocumentString<ObjectYamlQuery, ObjectYamlQueryVariables>;
export const RevealSecretDocument = new TypedDocumentString(`
    query RevealSecret($namespace: String!, $name: String!, $key: String!) {
  revealSecret(namespace: $namespace, name: $name, key: $key)
}
    `) as unknown as TypedDocumentString<RevealSecretQuery, RevealSecretQueryVariables>;
export const CreateObjectDocument = new TypedDocumentString(`
    mutation CreateObject($object: JSON!, $dryRun: Boolean) {
  createObject(object: $object, dryRun: $dryRun)
}
    `) as unknown as TypedDocumentString<CreateObjectMutation, CreateObjectMutationVariables>;
export const ApplyYamlDocument = new TypedDocumentString(`
    mutation ApplyYaml($ref: ObjectRef, $yaml: String!, $dryRun: Boolean, $force: Boolean) {
  applyYaml(ref: $ref, yaml: $yaml, dryRun: $dryRun, force: $force) {
    object
    conflicts {
      manager
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ApplyYamlMutation, ApplyYamlMutationVariables>;
export const DeleteObjectDocument = new TypedDocumentString(`
    mutation DeleteObject($ref: ObjectRef!, $uid: String, $dryRun: Boolean!) {
  deleteObject(ref: $ref, uid: $uid, dryRun: $dryRun)
}
    `) as unknown as TypedDocumentString<DeleteObjectMutation, DeleteObjectMutationVariables>;
export const ClusterOverviewDocument = new TypedDocumentString(`
    subscription ClusterOverview($namespaces: [String!]) {
  clusterOverview(namespaces: $namespaces) {
    liveness
    staleSince
    kinds {
      group
      version
      plural
      kind
      total
      ok
      progress
      warning
      error
    }
    failing {
      key
      group
      version
      plural
      kind
      namespace
      name
      createdAt
      state {
        word
        health
        sentence
      }
    }
    failingTotal
    capacity {
      nodes
      cpu {
        allocatable
        requested
      }
      memory {
        allocatable
        requested
      }
      pods {
        allocatable
        requested
      }
    }
    warnings {
      key
      reason
      message
      count
      lastSeen
      apiVersion
      kind
      namespace
      name
    }
    missing
  }
}
    `) as unknown as TypedDocumentString<ClusterOverviewSubscription, ClusterOverviewSubscriptionVariables>;
export const ObjectEventsDocument = new TypedDocumentString(`
    subscription ObjectEvents($ref: ObjectRef!) {
  objectEvents(ref: $ref) {
    liveness
    object
  }
}
    `) as unknown as TypedDocumentString<ObjectEventsSubscription, ObjectEventsSubscriptionVariables>;
export const ObjectsEventsDocument = new TypedDocumentString(`
    subscription ObjectsEvents($type: ResourceType!, $namespace: String, $labelSelector: String, $fieldSelector: String) {
  objectsEvents(
    type: $type
    namespace: $namespace
    labelSelector: $labelSelector
    fieldSelector: $fieldSelector
  ) {
    liveness
    snapshot
    objects
    deleted
  }
}
    `) as unknown as TypedDocumentString<ObjectsEventsSubscription, ObjectsEventsSubscriptionVariables>;
export const SearchObjectsDocument = new TypedDocumentString(`
    query SearchObjects($text: String!, $namespaces: [String!], $limit: Int!) {
  searchObjects(text: $text, namespaces: $namespaces, limit: $limit) {
    group
    version
    plural
    kind
    namespace
    name
    score
  }
}
    `) as unknown as TypedDocumentString<SearchObjectsQuery, SearchObjectsQueryVariables>;
export const SessionDocument = new TypedDocumentString(`
    query Session {
  session {
    user
    groups
    actor
    signedInAs
    method
    endsAt
    viewAs {
      user
      groups
      uid
    }
    cluster
    serverVersion
    local
    testIssuer
  }
}
    `) as unknown as TypedDocumentString<SessionQuery, SessionQueryVariables>;
export const SignOutDocument = new TypedDocumentString(`
    mutation SignOut {
  signOut
}
    `) as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;
export const ViewAsDocument = new TypedDocumentString(`
    mutation ViewAs($subject: ViewAsInput!) {
  viewAs(subject: $subject)
}
    `) as unknown as TypedDocumentString<ViewAsMutation, ViewAsMutationVariables>;
export const StopViewAsDocument = new TypedDocumentString(`
    mutation StopViewAs {
  stopViewAs
}
    `) as unknown as TypedDocumentString<StopViewAsMutation, StopViewAsMutationVariables>;
export const ScaleWorkloadDocument = new TypedDocumentString(`
    mutation ScaleWorkload($ref: ObjectRef!, $replicas: Int!, $expected: Int, $dryRun: Boolean!) {
  scaleWorkload(
    ref: $ref
    replicas: $replicas
    expected: $expected
    dryRun: $dryRun
  ) {
    message
    changes {
      ...Change
    }
  }
}
    fragment Change on ChangedField {
  field
  before
  after
}`) as unknown as TypedDocumentString<ScaleWorkloadMutation, ScaleWorkloadMutationVariables>;
export const RestartWorkloadDocument = new TypedDocumentString(`
    mutation RestartWorkload($ref: ObjectRef!, $dryRun: Boolean!) {
  restartWorkload(ref: $ref, dryRun: $dryRun) {
    message
    changes {
      ...Change
    }
  }
}
    fragment Change on ChangedField {
  field
  before
  after
}`) as unknown as TypedDocumentString<RestartWorkloadMutation, RestartWorkloadMutationVariables>;
export const PauseRolloutDocument = new TypedDocumentString(`
    mutation PauseRollout($ref: ObjectRef!, $paused: Boolean!, $dryRun: Boolean!) {
  pauseRollout(ref: $ref, paused: $paused, dryRun: $dryRun) {
    message
    changes {
      ...Change
    }
  }
}
    fragment Change on ChangedField {
  field
  before
  after
}`) as unknown as TypedDocumentString<PauseRolloutMutation, PauseRolloutMutationVariables>;
export const RollbackWorkloadDocument = new TypedDocumentString(`
    mutation RollbackWorkload($ref: ObjectRef!, $revision: Int!, $dryRun: Boolean!) {
  rollbackWorkload(ref: $ref, revision: $revision, dryRun: $dryRun) {
    message
    changes {
      ...Change
    }
  }
}
    fragment Change on ChangedField {
  field
  before
  after
}`) as unknown as TypedDocumentString<RollbackWorkloadMutation, RollbackWorkloadMutationVariables>;
export const TriggerCronJobDocument = new TypedDocumentString(`
    mutation TriggerCronJob($namespace: String!, $name: String!, $dryRun: Boolean!) {
  triggerCronJob(namespace: $namespace, name: $name, dryRun: $dryRun) {
    message
  }
}
    `) as unknown as TypedDocumentString<TriggerCronJobMutation, TriggerCronJobMutationVariables>;
export const SuspendDocument = new TypedDocumentString(`
    mutation Suspend($ref: ObjectRef!, $suspended: Boolean!, $dryRun: Boolean!) {
  suspend(ref: $ref, suspended: $suspended, dryRun: $dryRun) {
    message
    changes {
      ...Change
    }
  }
}
    fragment Change on ChangedField {
  field
  before
  after
}`) as unknown as TypedDocumentString<SuspendMutation, SuspendMutationVariables>;
export const RerunJobDocument = new TypedDocumentString(`
    mutation RerunJob($namespace: String!, $name: String!, $dryRun: Boolean!) {
  rerunJob(namespace: $namespace, name: $name, dryRun: $dryRun) {
    message
  }
}
    `) as unknown as TypedDocumentString<RerunJobMutation, RerunJobMutationVariables>;
export const CordonNodeDocument = new TypedDocumentString(`
    mutation CordonNode($name: String!, $cordoned: Boolean!, $dryRun: Boolean!) {
  cordonNode(name: $name, cordoned: $cordoned, dryRun: $dryRun) {
    message
    changes {
      ...Change
    }
  }
}
    fragment Change on ChangedField {
  field
  before
  after
}`) as unknown as TypedDocumentString<CordonNodeMutation, CordonNodeMutationVariables>;
export const EvictPodsDocument = new TypedDocumentString(`
    mutation EvictPods($pods: [PodTarget!]!, $gracePeriodSeconds: Int, $dryRun: Boolean!) {
  evictPods(pods: $pods, gracePeriodSeconds: $gracePeriodSeconds, dryRun: $dryRun) {
    namespace
    name
    uid
    outcome
    message
  }
}
    `) as unknown as TypedDocumentString<EvictPodsMutation, EvictPodsMutationVariables>;
export const ScaleTargetDocument = new TypedDocumentString(`
    query ScaleTarget($ref: ObjectRef!) {
  scaleTarget(ref: $ref) {
    replicas
    autoscalers {
      name
      minReplicas
      maxReplicas
    }
  }
}
    `) as unknown as TypedDocumentString<ScaleTargetQuery, ScaleTargetQueryVariables>;
export const WorkloadRevisionsDocument = new TypedDocumentString(`
    query WorkloadRevisions($ref: ObjectRef!) {
  workloadRevisions(ref: $ref) {
    revision
    name
    createdAt
    changeCause
    images
    pods
    current
  }
}
    `) as unknown as TypedDocumentString<WorkloadRevisionsQuery, WorkloadRevisionsQueryVariables>;
export const RevisionComparisonDocument = new TypedDocumentString(`
    query RevisionComparison($ref: ObjectRef!, $revision: Int!) {
  revisionComparison(ref: $ref, revision: $revision) {
    before
    after
    changeCause
    current
  }
}
    `) as unknown as TypedDocumentString<RevisionComparisonQuery, RevisionComparisonQueryVariables>;
export const DrainPlanDocument = new TypedDocumentString(`
    query DrainPlan($node: String!) {
  drainPlan(node: $node) {
    namespace
    name
    uid
    controller
    skipped
    isUnmanaged
    emptyDirs
    terminatingSince
  }
}
    `) as unknown as TypedDocumentString<DrainPlanQuery, DrainPlanQueryVariables>;
export const GatewaysDocument = new TypedDocumentString(`
    query Gateways {
  gateways {
    ref
    hosts
    domain
    urlTemplate
  }
  testIssuer {
    issuer
    jwksUri
  }
}
    `) as unknown as TypedDocumentString<GatewaysQuery, GatewaysQueryVariables>;
export const HostClaimDocument = new TypedDocumentString(`
    query HostClaim($host: String!, $gateway: String!, $except: String) {
  hostClaim(host: $host, gateway: $gateway, except: $except) {
    host
    owner
  }
}
    `) as unknown as TypedDocumentString<HostClaimQuery, HostClaimQueryVariables>;
export const ApiRulePreviewDocument = new TypedDocumentString(`
    query ApiRulePreview($apiRule: JSON!) {
  previewApiRule(apiRule: $apiRule) {
    yaml
    routes {
      index
      path
      methods
      access
      service
      note
    }
    problems
  }
}
    `) as unknown as TypedDocumentString<ApiRulePreviewQuery, ApiRulePreviewQueryVariables>;
export const ApiRuleRoutesDocument = new TypedDocumentString(`
    query ApiRuleRoutes($namespace: String!, $name: String!) {
  effectiveRoutes(namespace: $namespace, name: $name) {
    index
    path
    methods
    access
    service
    note
  }
}
    `) as unknown as TypedDocumentString<ApiRuleRoutesQuery, ApiRuleRoutesQueryVariables>;
export const ApiRuleTrafficDocument = new TypedDocumentString(`
    query ApiRuleTraffic($namespace: String!, $name: String!) {
  apiRuleTraffic(namespace: $namespace, name: $name) {
    index
    requests
    errors
    refused
  }
}
    `) as unknown as TypedDocumentString<ApiRuleTrafficQuery, ApiRuleTrafficQueryVariables>;
export const ProbeApiRuleDocument = new TypedDocumentString(`
    mutation ProbeApiRule($request: ProbeRequest!) {
  probeApiRule(request: $request) {
    url
    status
    durationMs
    body
    error
  }
}
    `) as unknown as TypedDocumentString<ProbeApiRuleMutation, ProbeApiRuleMutationVariables>;
export const EventSuggestionsDocument = new TypedDocumentString(`
    query EventSuggestions($namespaces: [String!], $source: String, $type: String) {
  eventSuggestions(namespaces: $namespaces, source: $source, type: $type) {
    sources
    types {
      type
      source
      seen
    }
    complete
  }
}
    `) as unknown as TypedDocumentString<EventSuggestionsQuery, EventSuggestionsQueryVariables>;
export const CheckSubscriptionDocument = new TypedDocumentString(`
    query CheckSubscription($subscription: JSON!) {
  checkSubscription(subscription: $subscription) {
    field
    message
    blocks
  }
}
    `) as unknown as TypedDocumentString<CheckSubscriptionQuery, CheckSubscriptionQueryVariables>;
export const CheckEventDocument = new TypedDocumentString(`
    query CheckEvent($event: String!) {
  checkEvent(event: $event) {
    field
    message
    blocks
  }
}
    `) as unknown as TypedDocumentString<CheckEventQuery, CheckEventQueryVariables>;
export const DeadLettersDocument = new TypedDocumentString(`
    query DeadLetters($namespaces: [String!], $subscription: String, $limit: Int!, $continue: String) {
  deadLetters(
    namespaces: $namespaces
    subscription: $subscription
    limit: $limit
    continue: $continue
  ) {
    deadLetters {
      namespace
      name
      subscription
      time
      reason
      attempts
      status
      answer
      sink
      event
    }
    continue
    problems {
      kind
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DeadLettersQuery, DeadLettersQueryVariables>;
export const SendTestEventDocument = new TypedDocumentString(`
    mutation SendTestEvent($event: String!) {
  sendTestEvent(event: $event) {
    accepted
    status
    message
    durationMs
  }
}
    `) as unknown as TypedDocumentString<SendTestEventMutation, SendTestEventMutationVariables>;
export const ReplayDeadLetterDocument = new TypedDocumentString(`
    mutation ReplayDeadLetter($namespace: String!, $name: String!, $event: String) {
  replayDeadLetter(namespace: $namespace, name: $name, event: $event) {
    delivered
    status
    answer
    deadLetter
  }
}
    `) as unknown as TypedDocumentString<ReplayDeadLetterMutation, ReplayDeadLetterMutationVariables>;
export const DiscardDeadLetterDocument = new TypedDocumentString(`
    mutation DiscardDeadLetter($namespace: String!, $name: String!) {
  discardDeadLetter(namespace: $namespace, name: $name)
}
    `) as unknown as TypedDocumentString<DiscardDeadLetterMutation, DiscardDeadLetterMutationVariables>;
export const EventingDocument = new TypedDocumentString(`
    subscription Eventing($namespaces: [String!]) {
  eventing(namespaces: $namespaces) {
    staleSince
    streams {
      name
      messages
      bytes
      maxBytes
      maxMessagesPerSubject
      consumers
      firstTime
      lastTime
    }
    server {
      version
      storageUsed
      storageReserved
      storageLimit
    }
    observed {
      type
      source
      count
      rate
      lastTime
    }
    subscriptions {
      namespace
      name
      source
      anySource
      sink
      ready
      reason
      types {
        type
        published
        rate
        pending
        inFlight
      }
      deadLetters
      lastError {
        time
        status
        message
        eventId
        type
      }
    }
    subscriptionsTotal
    deadLettersTotal
    problems {
      kind
      message
    }
  }
}
    `) as unknown as TypedDocumentString<EventingSubscription, EventingSubscriptionVariables>;
export const SubscriptionFiguresDocument = new TypedDocumentString(`
    subscription SubscriptionFigures($namespaces: [String!]) {
  subscriptionFigures(namespaces: $namespaces) {
    staleSince
    figures {
      namespace
      name
      waiting
      deadLetters
    }
    problems {
      kind
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SubscriptionFiguresSubscription, SubscriptionFiguresSubscriptionVariables>;
export const EventTailDocument = new TypedDocumentString(`
    subscription EventTail($type: String, $source: String) {
  eventTail(type: $type, source: $source) {
    watching
    opened
    items: events {
      time
      source
      type
      event
      truncated
    }
    omitted
    problem {
      kind
      message
    }
  }
}
    `) as unknown as TypedDocumentString<EventTailSubscription, EventTailSubscriptionVariables>;
export const DeliveryAttemptsDocument = new TypedDocumentString(`
    subscription DeliveryAttempts($namespace: String!, $subscription: String!) {
  deliveryAttempts(namespace: $namespace, subscription: $subscription) {
    watching
    opened
    items: attempts {
      time
      namespace
      subscription
      eventId
      source
      type
      sink
      attempt
      status
      outcome
      nextAttemptMs
      durationMs
      error
    }
    omitted
    problem {
      kind
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DeliveryAttemptsSubscription, DeliveryAttemptsSubscriptionVariables>;
export const TestEventOutcomeDocument = new TypedDocumentString(`
    subscription TestEventOutcome($event: EventKeyInput!, $namespaces: [String!]) {
  testEventOutcome(event: $event, namespaces: $namespaces) {
    watching
    matches {
      namespace
      name
      sink
      ready
      reason
    }
    attempts {
      time
      namespace
      subscription
      eventId
      source
      type
      sink
      attempt
      status
      outcome
      nextAttemptMs
      durationMs
      error
    }
    problems {
      kind
      message
    }
  }
}
    `) as unknown as TypedDocumentString<TestEventOutcomeSubscription, TestEventOutcomeSubscriptionVariables>;
export const FunctionTypingsDocument = new TypedDocumentString(`
    query FunctionTypings {
  functionTypings
}
    `) as unknown as TypedDocumentString<FunctionTypingsQuery, FunctionTypingsQueryVariables>;
export const FunctionRevisionsDocument = new TypedDocumentString(`
    query FunctionRevisions($ref: FunctionRef!) {
  functionRevisions(ref: $ref) {
    name
    revision
    createdAt
    current
    spec
  }
}
    `) as unknown as TypedDocumentString<FunctionRevisionsQuery, FunctionRevisionsQueryVariables>;
export const FunctionDiagnosisDocument = new TypedDocumentString(`
    query FunctionDiagnosis($ref: FunctionRef!) {
  functionDiagnosis(ref: $ref) {
    cause
    pod
    container
    lines
  }
}
    `) as unknown as TypedDocumentString<FunctionDiagnosisQuery, FunctionDiagnosisQueryVariables>;
export const SaveFunctionDocument = new TypedDocumentString(`
    mutation SaveFunction($ref: FunctionRef!, $edit: FunctionEdit!, $base: JSON!, $force: Boolean) {
  saveFunction(ref: $ref, edit: $edit, base: $base, force: $force) {
    object
    conflicts {
      manager
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SaveFunctionMutation, SaveFunctionMutationVariables>;
export const RevertFunctionDocument = new TypedDocumentString(`
    mutation RevertFunction($ref: FunctionRef!, $revision: String!) {
  revertFunction(ref: $ref, revision: $revision)
}
    `) as unknown as TypedDocumentString<RevertFunctionMutation, RevertFunctionMutationVariables>;
export const RunFunctionDocument = new TypedDocumentString(`
    mutation RunFunction($ref: FunctionRef!, $request: RunRequest!) {
  runFunction(ref: $ref, request: $request) {
    status
    statusText
    headers {
      name
      value
    }
    body
    base64
    truncated
    durationMs
    error
    note
  }
}
    `) as unknown as TypedDocumentString<RunFunctionMutation, RunFunctionMutationVariables>;