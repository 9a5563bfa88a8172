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

export type RunRequest = {
  /** Text; at most 1 MiB. */
  body?: string | null | undefined;
  headers?: Array<HeaderInput>;
  method?: string;
  /** Path and query, beginning with /. */
  path?: string;
};

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

export type TableWindowSubscriptionVariables = Exact<{
  scope: TableScope;
  view: TableView;
}>;


export type TableWindowSubscription = { tableWindow: { liveness: Liveness, staleSince: string | null, revision: number, snapshot: boolean, total: number, unfiltered: number, offset: number, order: Array<string> | null, forbidden: Array<string>, warnings: Array<string>, columns: Array<{ id: string, name: string, type: string, description: string, priority: number }> | null, rows: Array<{ key: string, namespace: string | null, name: string, creationTimestamp: string, labels: unknown, cells: Array<unknown> }> } };

export type BulkMutationVariables = Exact<{
  input: BulkInput;
}>;


export type BulkMutation = { bulk: Array<{ namespace: string | null, name: string, ok: boolean, message: string }> };

export type ObjectOnceQueryVariables = Exact<{
  ref: ObjectRef;
}>;


export type ObjectOnceQuery = { object: unknown };

export type ObjectPageSubscriptionVariables = Exact<{
  ref: ObjectRef;
  paths?: Array<string> | string | null | undefined;
}>;


export type ObjectPageSubscription = { objectPage: { liveness: Liveness, staleSince: string | null, changed: Array<string>, object: unknown, state: { word: string, health: ObjectHealth, sentence: string | null } | null, owners: { total: number, missing: Array<string>, objects: Array<{ group: string, version: string, plural: string, kind: string, namespace: string | null, name: string, uid: string | null, exists: boolean, state: { word: string, health: ObjectHealth, sentence: string | null } | null }> } | null, children: { total: number, missing: Array<string>, objects: Array<{ group: string, version: string, plural: string, kind: string, namespace: string | null, name: string, uid: string | null, parent: string | null, createdAt: string | null, state: { word: string, health: ObjectHealth, sentence: string | null } | null }> } | null, related: { total: number, missing: Array<string>, objects: Array<{ group: string, version: string, plural: string, kind: string, namespace: string | null, name: string, uid: string | null, relation: string | null, exists: boolean, state: { word: string, health: ObjectHealth, sentence: string | null } | null }> } | null, events: { missing: Array<string>, events: Array<{ key: string, type: string, reason: string, message: string, count: number, lastSeen: string, source: string, kind: string, name: string }> } | null } };

export type PatchMetadataMutationVariables = Exact<{
  ref: ObjectRef;
  patch: unknown;
}>;


export type PatchMetadataMutation = { patchObject: unknown };

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
}>;


export type DeleteObjectMutation = { deleteObject: boolean };

export type TableSubscriptionVariables = Exact<{
  type: ResourceType;
  namespace?: string | null | undefined;
  labelSelector?: string | null | undefined;
}>;


export type TableSubscription = { table: { liveness: Liveness, snapshot: boolean, deleted: Array<string>, columns: Array<{ name: string, type: string, format: string, description: string, priority: number }> | null, rows: Array<{ key: string, namespace: string | null, name: string, creationTimestamp: string, labels: unknown, cells: Array<unknown> }> } };

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

export type PodLogsSubscriptionVariables = Exact<{
  namespace: string;
  pod: string;
  container?: string | null | undefined;
  previous?: boolean | null | undefined;
  tailLines?: number | null | undefined;
}>;


export type PodLogsSubscription = { podLogs: { ended: boolean, lines: Array<{ time: string, text: string }> } };

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
export const TableWindowDocument = new TypedDocumentString(`
    subscription TableWindow($scope: TableScope!, $view: TableView!) {
  tableWindow(scope: $scope, view: $view) {
    liveness
    staleSince
    revision
    snapshot
    total
    unfiltered
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
export const ObjectPageDocument = new TypedDocumentString(`
    subscription ObjectPage($ref: ObjectRef!, $paths: [String!]) {
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
      total
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
        uid
        relation
        exists
        state {
          word
          health
          sentence
        }
      }
      total
      missing
    }
    events {
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
  }
}
    `) as unknown as TypedDocumentString<ObjectPageSubscription, ObjectPageSubscriptionVariables>;
export const PatchMetadataDocument = new TypedDocumentString(`
    mutation PatchMetadata($ref: ObjectRef!, $patch: JSON!) {
  patchObject(ref: $ref, patch: $patch, type: MERGE)
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
    mutation DeleteObject($ref: ObjectRef!, $uid: String) {
  deleteObject(ref: $ref, uid: $uid)
}
    `) as unknown as TypedDocumentString<DeleteObjectMutation, DeleteObjectMutationVariables>;
export const TableDocument = new TypedDocumentString(`
    subscription Table($type: ResourceType!, $namespace: String, $labelSelector: String) {
  table(type: $type, namespace: $namespace, labelSelector: $labelSelector) {
    liveness
    snapshot
    columns {
      name
      type
      format
      description
      priority
    }
    rows {
      key
      namespace
      name
      creationTimestamp
      labels
      cells
    }
    deleted
  }
}
    `) as unknown as TypedDocumentString<TableSubscription, TableSubscriptionVariables>;
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
export const PodLogsDocument = new TypedDocumentString(`
    subscription PodLogs($namespace: String!, $pod: String!, $container: String, $previous: Boolean, $tailLines: Int) {
  podLogs(
    namespace: $namespace
    pod: $pod
    container: $container
    previous: $previous
    tailLines: $tailLines
  ) {
    lines {
      time
      text
    }
    ended
  }
}
    `) as unknown as TypedDocumentString<PodLogsSubscription, PodLogsSubscriptionVariables>;
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