import { readFileSync } from "node:fs";
import { isIPv6 } from "node:net";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";

/** How to reach one cluster as one user, read from a kubeconfig file. */
export interface KubeAccess {
  context: string;
  cluster: string;
  user: string;
  /** The context's namespace, or "default". */
  namespace: string;
  /** e.g. https://127.0.0.1:6443 */
  server: string;
  tls: { ca?: string; cert?: string; key?: string; servername?: string; rejectUnauthorized?: boolean };
  token?: string;
  /** Read anew for every request, as service account tokens rotate. */
  tokenFile?: string;
  basic?: { username: string; password: string };
  impersonate?: Impersonation;
  /** The user entry asks for a plugin (exec, auth-provider): @kubernetes/client-node runs it. */
  plugin?: { text: string; directory: string };
}

export interface Impersonation {
  user: string;
  groups?: string[];
  uid?: string;
}

interface Named<T> {
  name: string;
  cluster?: T;
  user?: T;
  context?: T;
}
type Fields = Record<string, unknown>;

/**
 * Reads one context of a kubeconfig. Neither $KUBECONFIG nor ~/.kube/config is looked at: the caller names the file.
 * Throws an Error whose message names the file and what is missing in it.
 */
export function loadKubeConfig(file: string, context?: string): KubeAccess {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new Error(
      `cannot read kubeconfig ${file}: ${(cause as NodeJS.ErrnoException).code ?? String(cause)}`,
      {
        cause,
      },
    );
  }
  return parseKubeConfig(text, { file, ...(context ? { context } : {}) });
}

const serviceAccountDir = "/var/run/secrets/kubernetes.io/serviceaccount";

/**
 * How a pod reaches the API server of its own cluster: KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT, and what the kubelet mounts of its
 * ServiceAccount (at SERVICE_ACCOUNT_DIR where a node cannot mount it at the usual place). Throws an Error that names what is missing.
 */
export function loadInClusterAccess(env: NodeJS.ProcessEnv): KubeAccess {
  const [host, port] = ["KUBERNETES_SERVICE_HOST", "KUBERNETES_SERVICE_PORT"].map((name) => {
    if (env[name]) return env[name];
    throw new Error(`the environment variable ${name} is missing: this process does not run in a pod`);
  }) as [string, string];
  const directory = env["SERVICE_ACCOUNT_DIR"] || serviceAccountDir;
  const mounted = (name: string): string => readMounted(join(directory, name));
  const namespace = mounted("namespace").trim();
  mounted("token");
  return {
    context: "in-cluster",
    cluster: "in-cluster",
    user: "service-account",
    namespace,
    server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    tls: { ca: mounted("ca.crt") },
    tokenFile: join(directory, "token"),
  };
}

function readMounted(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new Error(`cannot read ${file} (${reason}): the pod needs the token of its ServiceAccount`, {
      cause,
    });
  }
}

export function parseKubeConfig(text: string, source: { file: string; context?: string }): KubeAccess {
  const config = parseYaml(text, source.file);
  const contextName = source.context ?? str(config["current-context"]);
  if (!contextName)
    throw new Error(`kubeconfig ${source.file} has no current-context; name one with --context`);
  const context = entry(config, "contexts", "context", contextName, source.file);
  const clusterName = str(context["cluster"]) ?? "";
  const userName = str(context["user"]) ?? "";
  const cluster = entry(config, "clusters", "cluster", clusterName, source.file);
  const user = userName ? entry(config, "users", "user", userName, source.file) : {};
  const server = str(cluster["server"]);
  if (!server) throw new Error(`cluster "${clusterName}" in kubeconfig ${source.file} has no server`);
  const directory = dirname(resolve(source.file));
  const read = (fields: Fields, name: string): string | undefined => dataOrFile(fields, name, directory);
  return {
    context: contextName,
    cluster: clusterName,
    user: userName,
    namespace: str(context["namespace"]) ?? "default",
    server: server.replace(/\/+$/, ""),
    tls: defined({
      ca: read(cluster, "certificate-authority"),
      cert: read(user, "client-certificate"),
      key: read(user, "client-key"),
      servername: str(cluster["tls-server-name"]),
      rejectUnauthorized: cluster["insecure-skip-tls-verify"] === true ? false : undefined,
    }),
    ...credentials(user, directory),
    ...(user["exec"] || user["auth-provider"] ? { plugin: { text, directory } } : {}),
  };
}

function credentials(user: Fields, directory: string): Partial<KubeAccess> {
  const tokenFile = str(user["tokenFile"]);
  const username = str(user["username"]);
  const as = str(user["as"]);
  return defined({
    token: str(user["token"]),
    tokenFile: tokenFile ? resolve(directory, tokenFile) : undefined,
    basic: username ? { username, password: str(user["password"]) ?? "" } : undefined,
    impersonate: as ? { user: as, groups: (user["as-groups"] as string[] | undefined) ?? [] } : undefined,
  });
}

function parseYaml(text: string, file: string): Fields {
  let config: unknown;
  try {
    config = parse(text);
  } catch (cause) {
    throw new Error(`kubeconfig ${file} is not valid YAML`, { cause });
  }
  if (!config || typeof config !== "object") throw new Error(`kubeconfig ${file} is empty`);
  return config as Fields;
}

function entry(
  config: Fields,
  list: string,
  field: "cluster" | "user" | "context",
  name: string,
  file: string,
): Fields {
  const entries = (config[list] as Named<Fields>[] | undefined) ?? [];
  const found = entries.find((candidate) => candidate.name === name)?.[field];
  if (found) return found;
  const names = entries.map((candidate) => candidate.name).join(", ") || "none";
  throw new Error(`kubeconfig ${file} has no ${field} "${name}" (it has: ${names})`);
}

function dataOrFile(fields: Fields, name: string, directory: string): string | undefined {
  const data = str(fields[`${name}-data`]);
  if (data) return Buffer.from(data, "base64").toString("utf8");
  const file = str(fields[name]);
  return file ? readFileSync(resolve(directory, file), "utf8") : undefined;
}

function str(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Leaves out what is undefined, so that optional fields stay absent. */
function defined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
