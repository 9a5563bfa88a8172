import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { connect, type Connection } from "@kyma/kube/connection.ts";
import { KubeClient } from "@kyma/kube/client.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import type { KubeObject, ResourceType } from "@kyma/kube/objects.ts";
import { endpointSlices, namespaces, pods, services } from "@kyma/kube/resource-types.ts";
import {
  authorizationPolicies,
  gateways,
  requestAuthentications,
  virtualServices,
} from "@kyma/crds/resource-types.ts";
import pino from "pino";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { createTestIssuer } from "../test-issuer/issuer.ts";
import { startGateway, type Gateway } from "./gateway.ts";
import type { EndpointSliceObject } from "./config/services.ts";
import { ingressGatewayPrincipal } from "./config/workloads.ts";
import { defaultGateway, istio, to, workload } from "./testing/objects.ts";
import { rawGet, rawRequest } from "./testing/raw-request.ts";
import { Relay } from "./testing/relay.ts";
import { listen } from "./testing/table-gateway.ts";
import { freshAddress, startUpstream, type Upstream } from "./testing/upstream.ts";

const namespace = `gateway-${randomUUID().slice(0, 8)}`;
const host = `${namespace}.localhost`;
const issuer = `http://test-issuer.${namespace}.svc.cluster.local`;
const access = loadKubeConfig(inject("kubeconfig"));
const connection = connect(access);
const client = new KubeClient(connection);
const relay = new Relay(Number(new URL(access.server).port));
const log = pino({ level: "silent" });
const ports = { edgePort: 0, inClusterPort: 0, adminPort: 0 };
let relayed: Connection;
let gateway: Gateway;
let one: Upstream;
let two: Upstream;
let issuing: Server;
let token: string;

const create = (type: ResourceType, object: KubeObject) => client.create<KubeObject>(type, object);
const get = (path = "/open", more = "") => rawGet(gateway.edgePort, path, `${host}:8080`, more);
const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 50 });
const answeredBy = async (path?: string) => /"name":"(\w+)"/.exec((await get(path)).text)?.[1];
const admin = async (path: string) => fetch(`http://127.0.0.1:${gateway.adminPort}${path}`);

beforeAll(async () => {
  relayed = connect({ ...access, server: `https://127.0.0.1:${await relay.start()}` });
  gateway = await startGateway({ client: new KubeClient(relayed), log, ...ports });
  one = await startUpstream("one");
  two = await startUpstream("two", undefined, one.port);
  await create(namespaces, { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  await create(gateways, { ...defaultGateway, metadata: { name: "edge", namespace } });
  await publishWorkload("orders", [one.address, two.address], one.port);
  await publishIssuer();
  await publishRules();
});

afterAll(async () => {
  await client.delete(namespaces, { name: namespace });
  await gateway.stop();
  await Promise.all([one.close(), two.close()]);
  issuing.close();
  relay.stop();
  relayed.close();
  connection.close();
});

/** Pods are written by hand (nothing schedules them), their status and the EndpointSlice too. */
async function publishWorkload(name: string, addresses: string[], port: number): Promise<void> {
  const { service, slice, pods: written } = workload(name, addresses, port, namespace);
  const { selector: _selector, clusterIP: _clusterIp, ...spec } = service.spec ?? {};
  await create(services, { ...service, spec } as KubeObject);
  for (const { status, ...pod } of written) {
    const object = { ...pod, spec: { containers: [{ name: "function", image: "kyma.local/none:1" }] } };
    // The API server refuses pods until the namespace has its ServiceAccount.
    await vi.waitFor(() => create(pods, object as KubeObject), { timeout: 20_000, interval: 200 });
    const address = status?.podIP;
    await client.patchStatus(
      pods,
      { namespace, name: pod.metadata.name },
      { ...status, podIPs: [{ ip: address }] },
      { manager: "test" },
    );
  }
  await create(endpointSlices, slice);
}

async function publishIssuer(): Promise<void> {
  issuing = await createTestIssuer(issuer);
  const address = freshAddress();
  const port = await listen(issuing, address.replace("10.", "127."));
  await publishWorkload("test-issuer", [address], port);
  const response = await fetch(`http://${address.replace("10.", "127.")}:${port}/token`, {
    method: "POST",
    body: JSON.stringify({ scopes: ["read"] }),
  });
  ({ token } = (await response.json()) as { token: string });
}

/** What the APIRule controller writes for an open and a jwt path. */
async function publishRules(): Promise<void> {
  const selector = { matchLabels: { app: "orders" } };
  const policy = (name: string, source: object, paths: string[]) =>
    create(
      authorizationPolicies,
      istio(
        "AuthorizationPolicy",
        name,
        {
          selector,
          rules: [
            {
              from: [{ source: { principals: [ingressGatewayPrincipal], ...source } }],
              to: [{ operation: { hosts: [host], paths } }],
            },
          ],
        },
        namespace,
      ),
    );
  await policy("open", {}, ["/open"]);
  await policy("jwt", { requestPrincipals: [`${issuer}/*`] }, ["/jwt"]);
  const jwksUri = `${issuer}/.well-known/jwks.json`;
  await create(
    requestAuthentications,
    istio(
      "RequestAuthentication",
      "jwt",
      { selector, jwtRules: [{ issuer, jwksUri, forwardOriginalToken: true }] },
      namespace,
    ),
  );
  const http = [{ match: [{ uri: { prefix: "/" } }], route: [to("orders", 80, namespace)] }];
  await create(
    virtualServices,
    istio("VirtualService", "orders", { hosts: [host], gateways: ["edge"], http }, namespace),
  );
}

test("objects in the API server govern requests, with keys from a Service in the cluster", async () => {
  await until(async () => expect((await get()).status).toBe(200));
  await until(async () => expect((await get("/jwt", `Authorization: Bearer ${token}\r\n`)).status).toBe(200));
  expect((await get("/jwt")).text).toContain("RBAC: access denied");
  expect((await get("/jwt", "Authorization: Bearer nothing\r\n")).status).toBe(401);
  expect((await get("/other")).status).toBe(403);
});

test("in-cluster calls need a policy of their own once a Service is exposed", async () => {
  const call = () =>
    rawRequest(
      gateway.inClusterPort,
      `GET http://orders.${namespace}/open HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
  expect((await call()).status).toBe(403);
  const selector = { matchLabels: { app: "orders" } };
  const rules = [{ from: [{ source: { notPrincipals: [ingressGatewayPrincipal] } }] }];
  await create(
    authorizationPolicies,
    istio("AuthorizationPolicy", "in-cluster", { selector, rules }, namespace),
  );
  await until(async () => expect((await call()).status).toBe(200));
});

test("requests are counted per route", async () => {
  const text = await (await admin("/metrics")).text();
  expect(text).toContain(
    `kyma_gateway_requests_total{virtual_service="${namespace}/orders",route="0",code="200"}`,
  );
  expect(text).toMatch(/kyma_gateway_config_age_seconds 0\n/);
  expect(await (await admin("/readyz")).text()).toBe("ok, the configuration is current\n");
});

test("no request fails while pods are replaced under load", async () => {
  const failed: string[] = [];
  const stopping = new AbortController();
  const load = Array.from({ length: 4 }, async () => {
    while (!stopping.signal.aborted) {
      const { status, text } = await get();
      if (status !== 200) failed.push(text);
    }
  });
  const conditions = (ready: boolean, serving: boolean, terminating: boolean) => ({
    ready,
    serving,
    terminating,
  });
  const setConditions = async (first: object, second: object) => {
    const slice = await client.get<EndpointSliceObject & KubeObject>(endpointSlices, {
      namespace,
      name: "orders-1",
    });
    const endpoints = (slice.endpoints ?? []).map((endpoint, at) => ({
      ...endpoint,
      conditions: at === 0 ? first : second,
    }));
    await client.replace(endpointSlices, { ...slice, endpoints } as KubeObject);
  };
  const ready = conditions(true, true, false);
  const leaving = conditions(false, true, true);
  const only = (name: string) =>
    until(async () =>
      expect(new Set([await answeredBy(), await answeredBy(), await answeredBy()])).toEqual(new Set([name])),
    );
  await setConditions(leaving, ready);
  await only("two");
  await one.close();
  await setConditions(leaving, leaving);
  await setConditions(conditions(false, false, true), ready);
  await only("two");
  stopping.abort();
  await Promise.all(load);
  expect(failed).toEqual([]);
});

test("R20: cut off from the API server the last configuration stays and its age shows; afterwards changes come in", async () => {
  relay.cut();
  await until(async () => expect(await (await admin("/readyz")).text()).toMatch(/last current \d+ s ago/));
  expect((await get()).status).toBe(200);
  expect((await get("/jwt")).status).toBe(403);
  expect((await get("/jwt", `Authorization: Bearer ${token}\r\n`)).status).toBe(200);
  expect((await rawGet(gateway.edgePort, "/", "unknown.localhost")).status).toBe(404);
  expect((await admin("/readyz")).status).toBe(200);
  expect(await (await admin("/metrics")).text()).toMatch(/kyma_gateway_config_age_seconds (?!0\n)/);
  await client.delete(authorizationPolicies, { namespace, name: "open" });
  relay.heal();
  await until(async () => expect((await get()).status).toBe(403));
  await until(async () =>
    expect(await (await admin("/readyz")).text()).toBe("ok, the configuration is current\n"),
  );
});

test("R20: started without an API server it refuses everything", async () => {
  const nowhere = connect({ ...access, server: "https://127.0.0.1:9" });
  const lonely = await startGateway({ client: new KubeClient(nowhere), log, ...ports });
  expect((await rawGet(lonely.edgePort, "/open", host)).status).toBe(404);
  const inside = await rawRequest(
    lonely.inClusterPort,
    `GET http://orders.${namespace}.svc/open HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
  );
  expect(inside.status).toBe(404);
  const readiness = await fetch(`http://127.0.0.1:${lonely.adminPort}/readyz`);
  expect(readiness.status).toBe(503);
  await lonely.stop();
  nowhere.close();
});
