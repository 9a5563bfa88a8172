/** Texts to begin with, by `plural.group`. NAME and NAMESPACE are put in. */
const bodies: Record<string, string> = {
  "pods.": `spec:
  containers:
    - name: app
      image: registry.example.com/app:1.0
      resources:
        requests:
          cpu: 50m
          memory: 64Mi`,
  "deployments.apps": `spec:
  replicas: 1
  selector:
    matchLabels:
      app: NAME
  template:
    metadata:
      labels:
        app: NAME
    spec:
      containers:
        - name: app
          image: registry.example.com/app:1.0
          ports:
            - containerPort: 8080
          resources:
            requests:
              cpu: 50m
              memory: 64Mi`,
  "statefulsets.apps": `spec:
  replicas: 1
  serviceName: NAME
  selector:
    matchLabels:
      app: NAME
  template:
    metadata:
      labels:
        app: NAME
    spec:
      containers:
        - name: app
          image: registry.example.com/app:1.0
          volumeMounts:
            - name: data
              mountPath: /data
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: 1Gi`,
  "daemonsets.apps": `spec:
  selector:
    matchLabels:
      app: NAME
  template:
    metadata:
      labels:
        app: NAME
    spec:
      containers:
        - name: app
          image: registry.example.com/app:1.0`,
  "jobs.batch": `spec:
  backoffLimit: 3
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: job
          image: registry.example.com/job:1.0`,
  "cronjobs.batch": `spec:
  # minute hour day-of-month month day-of-week
  schedule: "0 3 * * *"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: job
              image: registry.example.com/job:1.0`,
  "services.": `spec:
  selector:
    app: NAME
  ports:
    - name: http
      port: 80
      targetPort: 8080`,
  "ingresses.networking.k8s.io": `spec:
  rules:
    - host: NAME.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: NAME
                port:
                  number: 80`,
  "networkpolicies.networking.k8s.io": `spec:
  # The pods that this is about; {} means all of the namespace.
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector: {}`,
  "configmaps.": `data:
  key: value`,
  "secrets.": `type: Opaque
# Written in clear here; the cluster stores it in base64.
stringData:
  key: value`,
  "persistentvolumeclaims.": `spec:
  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 1Gi`,
  "namespaces.": "",
  "serviceaccounts.": "",
  "roles.rbac.authorization.k8s.io": `rules:
  - apiGroups: [""]
    resources: [pods, pods/log]
    verbs: [get, list, watch]`,
  "clusterroles.rbac.authorization.k8s.io": `rules:
  - apiGroups: [""]
    resources: [nodes]
    verbs: [get, list, watch]`,
  "rolebindings.rbac.authorization.k8s.io": `roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: NAME
subjects:
  - kind: ServiceAccount
    name: default
    namespace: NAMESPACE`,
  "clusterrolebindings.rbac.authorization.k8s.io": `roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - kind: Group
    apiGroup: rbac.authorization.k8s.io
    name: my-team`,
  "horizontalpodautoscalers.autoscaling": `spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: NAME
  minReplicas: 1
  maxReplicas: 5
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 80`,
  "poddisruptionbudgets.policy": `spec:
  minAvailable: 1
  selector:
    matchLabels:
      app: NAME`,
  "resourcequotas.": `spec:
  hard:
    requests.cpu: "4"
    requests.memory: 8Gi
    pods: "20"`,
  "limitranges.": `spec:
  limits:
    - type: Container
      defaultRequest:
        cpu: 50m
        memory: 64Mi
      default:
        memory: 256Mi`,
  "customresourcedefinitions.apiextensions.k8s.io": `spec:
  group: example.com
  scope: Namespaced
  names:
    kind: Widget
    plural: widgets
    singular: widget
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                size:
                  type: integer
                  description: How large the widget is.`,
  "functions.serverless.kyma-project.io": `spec:
  runtime: nodejs22
  source:
    inline:
      source: |
        module.exports = {
          main: async function (event, context) {
            return "Hello";
          },
        };`,
};

interface Kind {
  group: string;
  version: string;
  plural: string;
  kind: string;
  namespaced: boolean;
}

/** The template of a common kind; undefined for others: they get a skeleton from their schema. Pure. */
export function templateOf(kind: Kind, namespace: string): string | undefined {
  const key = `${kind.plural}.${kind.group}`;
  const body = Object.hasOwn(bodies, key) ? bodies[key] : undefined;
  if (body === undefined) return undefined;
  const name = key.startsWith("customresourcedefinitions.")
    ? "widgets.example.com"
    : `my-${kind.kind.toLowerCase()}`;
  const place = kind.namespaced ? `\n  namespace: ${namespace}` : "";
  const head = `apiVersion: ${apiVersionOf(kind)}\nkind: ${kind.kind}\nmetadata:\n  name: ${name}${place}\n`;
  const filled = body.replaceAll("NAMESPACE", namespace).replaceAll("NAME", name);
  return filled === "" ? head : `${head}${filled}\n`;
}

/** "apps/v1", or "v1" for the core group. */
export function apiVersionOf({ group, version }: Pick<Kind, "group" | "version">): string {
  return group === "" ? version : `${group}/${version}`;
}
