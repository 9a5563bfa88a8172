import { connectNats } from "@kyma/eventing/nats.ts";
import { defaultStreamLimits, eventStream, eventStreamConfig } from "@kyma/eventing/streams.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { clusterRoleBindings, clusterRoles, namespaces, serviceAccounts } from "@kyma/kube/resource-types.ts";
import { testClient } from "@kyma/local-cluster/testing/client.ts";
import { startNats, type TestNats } from "@kyma/local-cluster/testing/nats-server.ts";
import { jetstreamManager, type JetStreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { Agent } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test, vi } from "vitest";
import { type GatewayProcess, startGatewayProcess } from "./testing/gateway-process.ts";
import { RawClient, rawPublish } from "./testing/raw-client.ts";
import { sampleEvent, sendTo, type TestAnswer } from "./testing/scene.ts";

const client = testClient(inject("kubeconfig"));
const account = "event-gateway-process";
let nats: TestNats;
let controllers: NatsConnection;
let manager: JetStreamManager;
let env: Record<string, string>;
let mounted: string;

beforeAll(async () => {
  nats = await startNats();
  controllers = await connectNats(nats.access("controllers"), "test");
  manager = await jetstreamManager(controllers);
  await manager.streams.add(eventStreamConfig(defaultStreamLimits));
  await manager.consumers.add(eventStream, { durable_name: "all", ack_policy: "explicit" });
  mounted = await mountServiceAccount();
  const { hostname, port } = new URL(client.connection.access.server);
  const { url, user, password } = nats.access("event-gateway");
  env = {
    KUBERNETES_SERVICE_HOST: hostname,
    KUBERNETES_SERVICE_PORT: port,
    SERVICE_ACCOUNT_DIR: mounted,
    NATS_URL: url,
    NATS_USER: user,
    NATS_PASSWORD: password,
    LISTEN_ADDRESS: "127.0.0.1",
    PORT: "0",
    ADMIN_PORT: "0",
  };
});
afterAll(async () => {
  await controllers.close();
  await nats.stop();
  await rm(mounted, { recursive: true, force: true });
  await client.delete(namespaces, { name: account });
  await client.delete(clusterRoles, { name: account });
  await client.delete(clusterRoleBindings, { name: account });
  client.connection.close();
});

/** What a kubelet would mount: the token of an account that may read what the gateway reads, and no more. */
async function mountServiceAccount(): Promise<string> {
  const rbac = "rbac.authorization.k8s.io";
  const rule = (apiGroup: string, resource: string): object => ({
    apiGroups: [apiGroup],
    resources: [resource],
    verbs: ["list", "watch"],
  });
  const rules = [
    rule("eventing.kyma-project.io", "subscriptions"),
    rule("applicationconnector.kyma-project.io", "applications"),
  ];
  const object = (apiVersion: string, kind: string, namespace?: string): KubeObject => ({
    apiVersion,
    kind,
    metadata: { name: account, ...(namespace && { namespace }) },
  });
  await client.create(namespaces, object("v1", "Namespace"));
  await client.create(serviceAccounts, object("v1", "ServiceAccount", account));
  await client.create(clusterRoles, { ...object(`${rbac}/v1`, "ClusterRole"), rules } as KubeObject);
  await client.create(clusterRoleBindings, {
    ...object(`${rbac}/v1`, "ClusterRoleBinding"),
    roleRef: { apiGroup: rbac, kind: "ClusterRole", name: account },
    subjects: [{ kind: "ServiceAccount", name: account, namespace: account }],
  } as KubeObject);
  const answer = await client.create<KubeObject & { status: { token: string } }>(
    serviceAccounts,
    { ...object("authentication.k8s.io/v1", "TokenRequest", account), spec: {} } as KubeObject,
    { subresource: "token" },
  );
  const directory = await mkdtemp(join(tmpdir(), "kyma-test-account-"));
  const files = {
    token: answer.status.token,
    "ca.crt": client.connection.access.tls.ca ?? "",
    namespace: account,
  };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(directory, name), text)));
  return directory;
}

const start = (others: Record<string, string> = {}): GatewayProcess => {
  const gateway = startGatewayProcess({ ...env, ...others });
  onTestFinished(() => void gateway.child.kill("SIGKILL"));
  return gateway;
};
const agentOf = (): Agent => {
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  return agent;
};
const untilReady = (port: number, agent: Agent): Promise<unknown> =>
  vi.waitFor(async () => {
    const { status, body } = await sendTo(port, agent, { method: "GET", path: "/readyz" });
    expect(`${status} ${body}`).toBe("200 ok\n");
  }, 20_000);

describe("a process that cannot start ends with a sentence that names why", () => {
  test.each<[string, Record<string, string>, string]>([
    ["no NATS", { NATS_URL: "" }, "the environment variable NATS_URL is missing"],
    [
      "no pod",
      { KUBERNETES_SERVICE_HOST: "" },
      "the environment variable KUBERNETES_SERVICE_HOST is missing",
    ],
    ["no token", { SERVICE_ACCOUNT_DIR: "/nowhere" }, "cannot read /nowhere/namespace (ENOENT)"],
    [
      "a limit that is no number",
      { BODY_LIMIT: "64K" },
      "the environment variable BODY_LIMIT must be a whole number",
    ],
  ])("%s", async (_, others, sentence) => {
    const gateway = start(others);
    expect(await gateway.exited).toBe(1);
    expect(gateway.output()).toContain(`The event gateway cannot start: ${sentence}`);
    expect(gateway.output().trim().split("\n")).toHaveLength(1);
  });

  test("a port that is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void other.close());
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const gateway = start({ PORT: String(port) });
    expect(await gateway.exited).toBe(1);
    expect(gateway.output()).toContain(`it cannot listen on 127.0.0.1:${port}: EADDRINUSE`);
  });
});

test("without NATS it says so, and ends when it is told to", async () => {
  const gateway = start({ NATS_URL: "nats://127.0.0.1:1" });
  const agent = agentOf();
  const { port } = await gateway.listening;
  const headers = { "content-type": "application/cloudevents+json" };
  const publish = (): Promise<TestAnswer> =>
    sendTo(port, agent, { headers, body: JSON.stringify(sampleEvent("1")) });
  await vi.waitFor(async () => expect((await publish()).status).toBe(502), 20_000);
  expect(await sendTo(port, agent, { method: "GET", path: "/readyz" })).toMatchObject({
    status: 500,
    body: "there is no connection to NATS\n",
  });
  await vi.waitFor(
    () => expect(gateway.output()).toContain("cannot connect to NATS at nats://127.0.0.1:1"),
    5000,
  );
  expect(gateway.output()).not.toContain(env["NATS_PASSWORD"]);
  gateway.child.kill("SIGTERM");
  expect(await gateway.exited).toBe(0);
});

test("clients that send half a request and stop do not hold up its end", async () => {
  const gateway = start({ REQUEST_TIMEOUT: "3s" });
  const { port, adminPort } = await gateway.listening;
  const [half, other] = await Promise.all([RawClient.open(port), RawClient.open(adminPort)]);
  half.write(rawPublish("{", { length: 1000 }));
  other.write("GET /metrics HTTP/1.1\r\nHost: x\r\n");
  await untilReady(port, agentOf());
  gateway.child.kill("SIGTERM");
  expect(await gateway.exited).toBe(0);
  await Promise.all([half.ended, other.ended]);
});

test("SIGTERM under load loses no event that was answered with 204, and ends with 0", async () => {
  const gateway = start();
  const agent = agentOf();
  const { port } = await gateway.listening;
  await untilReady(port, agent);
  const acknowledged = new Set<string>();
  const others: unknown[] = [];
  let next = 0;
  const gone = new AbortController();
  const untilGone = async (act: () => Promise<void>): Promise<void> => {
    while (!gone.signal.aborted) {
      try {
        await act();
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === "ECONNREFUSED") gone.abort();
        else others.push(code);
      }
    }
  };
  const publishOne = async (): Promise<void> => {
    const id = String(next++);
    const headers = { "content-type": "application/cloudevents+json" };
    const { status } = await sendTo(port, agent, { headers, body: JSON.stringify(sampleEvent(id)) });
    if (status === 204) acknowledged.add(id);
    else others.push(status);
  };
  const readiness = new Set<number>();
  const probeOnce = async (): Promise<void> => {
    readiness.add((await sendTo(port, agent, { method: "GET", path: "/readyz" })).status);
  };
  const load = Promise.all([
    untilGone(probeOnce),
    ...Array.from({ length: 30 }, () => untilGone(publishOne)),
  ]);
  await vi.waitFor(() => expect(acknowledged.size).toBeGreaterThan(200), 20_000);
  gateway.child.kill("SIGTERM");
  const before = acknowledged.size;
  await load;
  expect(await gateway.exited).toBe(0);
  expect(acknowledged.size).toBeGreaterThan(before);
  expect([...readiness]).toEqual([200, 500]);
  const stored = new Set<unknown>();
  const { last_seq: last } = (await manager.streams.info(eventStream)).state;
  for (let seq = 1; seq <= last; seq++)
    stored.add((await manager.streams.getMessage(eventStream, { seq }))?.json<{ id: string }>().id);
  expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([]);
  // Nothing but a connection that was closed while it was idle.
  expect(others.filter((other) => other !== "ECONNRESET" && other !== "EPIPE")).toEqual([]);
});
