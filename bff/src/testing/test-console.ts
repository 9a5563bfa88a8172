import { connect } from "@kyma/kube/connection.ts";
import { KubeClient } from "@kyma/kube/client.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import { configMaps, namespaces, serviceAccounts } from "@kyma/kube/resource-types.ts";
import { createClient, type Client } from "graphql-ws";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import * as http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { WebSocket } from "ws";
import { parse, stringify } from "yaml";
import { startConsole, type ConsoleOptions } from "../app/console.ts";
import { readConfig } from "../app/config.ts";
import type { Route, SocketRoute } from "../app/routes.ts";

export interface GraphqlAnswer {
  status: number;
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions: Record<string, unknown> }[];
}

/** A BFF in this process with a signed-in browser, for tests. */
export interface TestConsole extends AsyncDisposable {
  url: string;
  metricsUrl: string | undefined;
  routes: readonly Route[];
  sockets: readonly SocketRoute[];
  /** What it has logged, one JSON object per line. */
  logged: string[];
  signInFile: string;
  cookie: string;
  /** With the admin's rights, to set the stage. */
  kube: KubeClient;
  graphql(query: string, variables?: object, headers?: Record<string, string>): Promise<GraphqlAnswer>;
  socket(options?: { cookie?: string; lazy?: boolean }): Client;
  request(path: string, options?: http.RequestOptions, body?: string): Promise<Answer>;
}

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

export async function startTestConsole(
  kubeconfig: string,
  args: string[] = [],
  options: Partial<ConsoleOptions> = {},
): Promise<TestConsole> {
  const directory = await mkdtemp(join(tmpdir(), "kyma-console-"));
  const signInFile = join(directory, "console-url");
  const needed = ["--kubeconfig", kubeconfig, "--port", "0", "--sign-in-file", signInFile];
  const config = readConfig([...needed, ...args]);
  const logged: string[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => void logged.push(line) });
  const running = await startConsole({ ...options, config, log });
  const cookie = await signIn(signInFile);
  const { url, metricsUrl, routes, sockets } = running;
  const kube = new KubeClient(connect(loadKubeConfig(kubeconfig)));
  return {
    url,
    metricsUrl,
    routes,
    sockets,
    logged,
    signInFile,
    cookie,
    kube,
    graphql: (query, variables, headers) => postGraphql(url, { query, variables }, { cookie, ...headers }),
    socket: (socketOptions = {}) => openSocket(url, { cookie, ...socketOptions }),
    request: (path, requestOptions, body) => request(url + path, requestOptions, body),
    [Symbol.asyncDispose]: async () => {
      await running.close();
      kube.connection.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Uses the link in the file; returns the Cookie header of the new session. */
export async function signIn(signInFile: string): Promise<string> {
  const link = (await readFile(signInFile, "utf8")).trim();
  const answer = await request(link);
  const [cookie = ""] = answer.headers["set-cookie"] ?? [];
  return cookie.split(";")[0] ?? "";
}

/** Unlike fetch it follows no redirect and sends any header. */
export function request(url: string, options: http.RequestOptions = {}, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = http.request(url, { agent: false, ...options }, (incoming) => {
      let text = "";
      incoming.setEncoding("utf8");
      incoming.on("data", (chunk: string) => (text += chunk));
      incoming.on("end", () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text }),
      );
      incoming.on("error", reject);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

export async function postGraphql(
  url: string,
  payload: unknown,
  headers: Record<string, string>,
): Promise<GraphqlAnswer> {
  const answer = await request(
    `${url}/graphql`,
    { method: "POST", headers: { "content-type": "application/json", ...headers } },
    JSON.stringify(payload),
  );
  return { status: answer.status, ...(JSON.parse(answer.body) as object) };
}

function openSocket(url: string, { cookie, lazy = true }: { cookie: string; lazy?: boolean }): Client {
  class BrowserSocket extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols, { headers: { cookie, origin: url } });
    }
  }
  return createClient({
    url: `${url.replace("http", "ws")}/graphql`,
    webSocketImpl: BrowserSocket,
    lazy,
    retryAttempts: 0,
    // By default it would print them.
    onNonLazyError: () => undefined,
  });
}

/** Reads a subscription field's messages until `done` is content with one; returns all of them. */
export async function readUntil<T>(
  client: Client,
  query: string,
  variables: Record<string, unknown>,
  done: (message: T, all: T[]) => boolean,
): Promise<T[]> {
  const all: T[] = [];
  const messages = client.iterate<Record<string, T>>({ query, variables });
  for await (const { data, errors } of orFirstError(messages)) {
    if (errors) throw errors[0] ?? new Error("no data");
    const [message] = Object.values(data ?? {});
    if (message === undefined) continue;
    all.push(message);
    if (done(message, all)) break;
  }
  return all;
}

/** A subscription that is refused at once fails with a list of errors. */
async function* orFirstError<T>(messages: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* messages;
  } catch (error) {
    throw Array.isArray(error) ? error[0] : error;
  }
}

/** A new namespace of a test's own. */
export async function createNamespace(kube: KubeClient): Promise<string> {
  const name = `bff-${randomBytes(5).toString("hex")}`;
  await kube.create(namespaces, { apiVersion: "v1", kind: "Namespace", metadata: { name } });
  return name;
}

/** One that changes only by the test: the controller-manager has put there what is its own, so pods can be made, too. */
export async function createSettledNamespace(kube: KubeClient): Promise<string> {
  const namespace = await createNamespace(kube);
  const signal = AbortSignal.timeout(30_000);
  const expected = [
    { type: configMaps, name: "kube-root-ca.crt" },
    { type: serviceAccounts, name: "default" },
  ];
  for (const { type, name } of expected) {
    const selection = { namespace, fieldSelector: `metadata.name=${name}` };
    for await (const event of kube.watch(type, { ...selection, signal })) if (event.type === "ADDED") break;
  }
  return namespace;
}

/** A kubeconfig for the same cluster that acts as somebody else. */
export async function kubeconfigAs(kubeconfig: string, user: string): Promise<string> {
  const config = parse(await readFile(kubeconfig, "utf8")) as { users: { user: { as?: string } }[] };
  for (const entry of config.users) entry.user.as = user;
  const file = join(await mkdtemp(join(tmpdir(), "kyma-as-")), "kubeconfig");
  await writeFile(file, stringify(config), { mode: 0o600 });
  return file;
}
