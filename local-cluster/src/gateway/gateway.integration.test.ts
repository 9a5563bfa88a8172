import { randomUUID } from "node:crypto";
import { connect } from "@kyma/kube/connection.ts";
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
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import pino from "pino";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { startGateway, type Gateway } from "./gateway.ts";
import { ingressGatewayPrincipal } from "./config/workloads.ts";
import { defaultGateway, istio, to, workload } from "./testing/objects.ts";
import { rawGet } from "./testing/raw-request.ts";
import { startUpstream, type Upstream } from "./testing/upstream.ts";

const namespace = `gateway-${randomUUID().slice(0, 8)}`;
const host = `${namespace}.localhost`;
const issuer = "https://issuer.example.com";
const connection = connect(loadKubeConfig(inject("kubeconfig")));
const client = new KubeClient(connection);
let gateway: Gateway;
let upstream: Upstream;
let token: string;

const create = (type: ResourceType, object: KubeObject) => client.create<KubeObject>(type, object);

beforeAll(async () => {
  gateway = await startGateway({
    client,
    log: pino({ level: "silent" }),
    edgePort: 0,
    inClusterPort: 0,
    adminPort: 0,
  });
  upstream = await startUpstream("orders");
  await create(namespaces, { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  await publishWorkload();
  await create(gateways, { ...defaultGateway, metadata: { name: "edge", namespace } });
  const keys = await generateKeyPair("ES256");
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: "1" }] });
  token = await new SignJWT({ scope: "read" })
    .setProtectedHeader({ alg: "ES256", kid: "1" })
    .setIssuer(issuer)
    .setSubject("ann")
    .setExpirationTime("5m")
    .sign(keys.privateKey);
  const selector = { matchLabels: { app: "orders" } };
  await create(
    requestAuthentications,
    istio(
      "RequestAuthentication",
      "jwt",
      { selector, jwtRules: [{ issuer, jwks, forwardOriginalToken: true }] },
      namespace,
    ),
  );
  const source = { principals: [ingressGatewayPrincipal], requestPrincipals: [`${issuer}/*`] };
  await create(
    authorizationPolicies,
    istio(
      "AuthorizationPolicy",
      "jwt",
      {
        selector,
        rules: [{ from: [{ source }], to: [{ operation: { methods: ["GET"], paths: ["/{**}"] } }] }],
      },
      namespace,
    ),
  );
  await create(
    authorizationPolicies,
    istio(
      "AuthorizationPolicy",
      "in-cluster",
      { selector, rules: [{ from: [{ source: { notPrincipals: [ingressGatewayPrincipal] } }] }] },
      namespace,
    ),
  );
  const http = [{ match: [{ uri: { prefix: "/" } }], route: [to("orders", 80, namespace)] }];
  await create(
    virtualServices,
    istio("VirtualService", "orders", { hosts: [host], gateways: ["edge"], http }, namespace),
  );
});

/** The Pod is written by hand (nothing schedules it), its status and the EndpointSlice too. */
async function publishWorkload(): Promise<void> {
  const {
    service,
    slice,
    pods: [pod],
  } = workload("orders", [upstream.address], upstream.port, namespace);
  const { status, ...stored } = pod as NonNullable<typeof pod>;
  await create(services, { ...service, spec: { ...service.spec, selector: undefined } } as KubeObject);
  await vi.waitFor(
    () =>
      create(pods, {
        ...stored,
        spec: { containers: [{ name: "function", image: "kyma.local/none:1" }] },
      } as KubeObject),
    { timeout: 20_000, interval: 200 },
  );
  await client.patchStatus(
    pods,
    { namespace, name: stored.metadata.name },
    { ...status, podIPs: [{ ip: upstream.address }] },
    { manager: "test" },
  );
  await create(endpointSlices, slice);
}

afterAll(async () => {
  await client.delete(namespaces, { name: namespace });
  await gateway.stop();
  await upstream.close();
  connection.close();
});

const get = (more = "", port = gateway.edgePort) => rawGet(port, "/orders", `${host}:8080`, more);
const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 50 });

test("routes and policies written to the API server govern the next request", async () => {
  await until(async () => expect((await get(`Authorization: Bearer ${token}\r\n`)).status).toBe(200));
  expect(await get()).toMatchObject({ status: 403 });
  expect((await get()).text).toContain("RBAC: access denied");
  expect(await get("Authorization: Bearer nothing\r\n")).toMatchObject({ status: 401 });
});
