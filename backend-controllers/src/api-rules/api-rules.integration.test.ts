import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { apiRules, authorizationPolicies, gateways, virtualServices } from "@kyma/crds/resource-types.ts";
import { keyOf } from "@kyma/kube/objects.ts";
import { namespaces, pods, services } from "@kyma/kube/resource-types.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import {
  type RunningControllers,
  adminClient,
  createNamespace,
  eventually,
  startControllers,
} from "../testing/cluster.ts";
import { gatewayPrincipal } from "./access-policies.ts";
import { addApiRuleController } from "./controller.ts";
import { isAllowed } from "./policy-evaluation.ts";
import { jwtRule, openRule } from "./sample.ts";
import { ApiRuleScene } from "./scene.ts";

const kubeconfig = inject("kubeconfig");
const rights = join(import.meta.dirname, "../../../local-cluster/manifests/controllers-rights.yaml");
/** Runs the controller as the user that the local cluster gives it, so that its rights are proven enough. */
const start = () => startControllers(kubeconfig, { add: addApiRuleController, user: "kyma:controllers" });
const client = adminClient(kubeconfig);
let running: RunningControllers;
let scene: ApiRuleScene;

beforeAll(async () => {
  const args = ["--kubeconfig", kubeconfig, "apply", "--server-side", "-f", rights];
  await promisify(execFile)(join(inject("toolsDir"), "kubectl"), args);
  running = await start();
});
afterAll(async () => {
  await running.stop();
  client.connection.close();
});
beforeEach(async () => {
  scene = await ApiRuleScene.create(client);
});

/** Resolves when the controller has written nothing for a while. */
async function quiet(): Promise<void> {
  let before = -1;
  await eventually(async () => {
    const { length } = running.writes;
    if (length === before) return true;
    before = length;
    await new Promise((resolve) => setTimeout(resolve, 500));
    return undefined;
  }, "the controller rests");
}

describe("create, edit, delete", () => {
  test("routes and policies appear, and each object is written once", async () => {
    await scene.createService("orders");
    await quiet();
    await scene.createApiRule("orders", { rules: [jwtRule("/admin"), openRule] });
    const apiRule = await scene.untilState("orders", "Ready", /^Reconciled successfully$/);
    expect(apiRule.metadata.finalizers).toEqual(["gateway.kyma-project.io/subresources"]);
    expect(apiRule.status?.lastProcessedTime).toMatch(/^\d{4}-.*Z$/);
    const [route] = await scene.virtualServices("orders");
    expect(route?.spec.hosts).toEqual([`orders.${scene.domain}`]);
    expect(route?.spec.http).toHaveLength(2);
    expect(await scene.requestAuthentications("orders")).toHaveLength(1);
    expect(await scene.authorizationPolicies("orders")).toHaveLength(3);
    await quiet();
    // Finalizer, RequestAuthentication, three policies, VirtualService, status.
    const own = running.writes.filter((write) => write.includes(`/namespaces/${scene.namespace}/`));
    expect(own).toHaveLength(7);
  });

  test("an edit changes the children in place and removes what is no longer wanted", async () => {
    await scene.createService("orders");
    await scene.createApiRule("orders", { rules: [jwtRule("/admin"), openRule] });
    await scene.untilState("orders", "Ready");
    const [before] = await scene.virtualServices("orders");
    await scene.edit("orders", { spec: { rules: [{ ...openRule, methods: ["POST"] }], timeout: 5 } });
    await scene.untilState("orders", "Ready");
    const [after] = await scene.virtualServices("orders");
    expect(after?.metadata.uid).toBe(before?.metadata.uid);
    expect(after?.spec.http).toMatchObject([{ timeout: "5s", match: [{ method: { regex: "^(POST)$" } }] }]);
    await eventually(
      async () => (await scene.authorizationPolicies("orders")).length === 2 || undefined,
      "one policy less",
    );
    expect(await scene.requestAuthentications("orders")).toEqual([]);
  });

  test("policies of a Service elsewhere live there, and go with the APIRule", async () => {
    const other = await createNamespace(scene.client, "backend");
    await scene.createService("orders", other);
    await scene.createApiRule("orders", { service: { name: "orders", namespace: other, port: 80 } });
    await scene.untilState("orders", "Ready");
    const policies = await scene.authorizationPolicies("orders");
    expect(policies.map(({ metadata }) => metadata.namespace)).toEqual([other, other]);
    await scene.client.delete(apiRules, { namespace: scene.namespace, name: "orders" });
    await scene.untilGone(apiRules, { namespace: scene.namespace, name: "orders" });
    expect(await scene.virtualServices("orders")).toEqual([]);
    expect(await scene.authorizationPolicies("orders")).toEqual([]);
  });

  test("children whose APIRule lost its finalizer are removed", async () => {
    await scene.createService("orders");
    await scene.createApiRule("orders");
    await scene.untilState("orders", "Ready");
    await running.stop();
    await scene.edit("orders", { metadata: { finalizers: [] } });
    await scene.client.delete(apiRules, { namespace: scene.namespace, name: "orders" });
    running = await start();
    await eventually(
      async () => (await scene.virtualServices("orders")).length === 0 || undefined,
      "no orphan",
    );
  });
});

describe("keeps things in place", () => {
  test("a restart with nothing changed writes nothing", async () => {
    await scene.createService("orders");
    await scene.createApiRule("orders", {
      rules: [jwtRule("/admin"), openRule],
      corsPolicy: { allowOrigins: [{ exact: "a" }], maxAge: 5 },
    });
    await scene.createApiRule("broken");
    await scene.untilState("orders", "Ready");
    await scene.untilState("broken", "Error");
    await quiet();
    await running.stop();
    running = await start();
    await quiet();
    expect(running.writes).toEqual([]);
  });

  test("hand-deleted and hand-edited children come back", async () => {
    await scene.createService("orders");
    await scene.createApiRule("orders", { rules: [jwtRule("/a")] });
    await scene.untilState("orders", "Ready");
    for (const child of [
      ...(await scene.virtualServices("orders")),
      ...(await scene.authorizationPolicies("orders")),
    ]) {
      const type = child.kind === "VirtualService" ? virtualServices : authorizationPolicies;
      await scene.client.delete(type, keyOf(child));
      await eventually(async () => {
        const now = await scene.client.get(type, keyOf(child));
        return now.metadata.uid !== child.metadata.uid || undefined;
      }, `${child.kind} is back`);
    }
    const policy = (await scene.authorizationPolicies("orders")).find(({ spec }) => spec.rules?.[0]?.to);
    if (!policy) throw new Error("no policy");
    const loosened = [{ op: "remove", path: "/spec/rules/0/from" }];
    await scene.client.patch(authorizationPolicies, keyOf(policy), loosened, { type: "json" });
    await eventually(async () => {
      const found = await scene.authorizationPolicies("orders");
      return found.every(({ spec }) => spec.rules?.every(({ from }) => from)) || undefined;
    }, "the policy is tight again");
  });
});

describe("errors heal by themselves", () => {
  test("a missing Service", async () => {
    await scene.createApiRule("orders");
    await scene.untilState(
      "orders",
      "Error",
      new RegExp(
        `^Validation errors: Attribute 'spec\\.service\\.name': Service ${scene.namespace}/orders does not exist$`,
      ),
    );
    expect(await scene.virtualServices("orders")).toEqual([]);
    await scene.createService("orders");
    await scene.untilState("orders", "Ready");
  });

  test("a missing Gateway", async () => {
    await scene.createService("orders");
    await scene.client.delete(gateways, { namespace: scene.namespace, name: "edge" });
    await scene.createApiRule("orders");
    await scene.untilState("orders", "Error", /Attribute 'spec\.gateway': Gateway .*\/edge does not exist/);
    await scene.createGateway();
    await scene.untilState("orders", "Ready");
  });

  test("a missing port", async () => {
    await scene.createService("orders");
    await scene.createApiRule("orders", { service: { name: "orders", port: 8080 } });
    await scene.untilState("orders", "Error", /has no port 8080; it has 80/);
    const ports = [{ port: 8080 }];
    await scene.client.patch(
      services,
      { namespace: scene.namespace, name: "orders" },
      { spec: { ports } },
      { type: "merge" },
    );
    await scene.untilState("orders", "Ready");
  });

  test("a pod without sidecar, only where the mesh injects one", async () => {
    await scene.createService("orders");
    const key = { namespace: scene.namespace, name: "orders-1" };
    await scene.client.create(pods, {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { ...key, labels: { app: "orders" } },
      spec: { containers: [{ name: "main", image: "none" }], automountServiceAccountToken: false },
    } as never);
    await scene.createApiRule("orders");
    await scene.untilState("orders", "Ready");
    const label = (value: string | null) =>
      scene.client.patch(
        namespaces,
        { name: scene.namespace },
        { metadata: { labels: { "istio-injection": value } } },
        { type: "merge" },
      );
    await label("enabled");
    await scene.untilState(
      "orders",
      "Error",
      /pod .*\/orders-1 of Service .*\/orders has no istio-proxy container/,
    );
    await label(null);
    await scene.untilState("orders", "Ready");
  });

  test("a full host that the Gateway does not serve is a Warning", async () => {
    await scene.createService("orders");
    await scene.createApiRule("orders", { hosts: [`${scene.namespace}.elsewhere.example`] });
    await scene.untilState("orders", "Warning", /does not serve host/);
    expect(await scene.virtualServices("orders")).toHaveLength(1);
  });
});

describe("hosts belong to one APIRule", () => {
  test("the first keeps the host, the second names it and takes over when it is gone", async () => {
    await scene.createService("orders");
    await scene.createApiRule("orders");
    await scene.untilState("orders", "Ready");
    const thief = await createNamespace(scene.client, "thief");
    await scene.createService("thief", thief);
    await scene.createApiRule(
      "a-thief",
      { hosts: [`orders.${scene.domain}`], service: { name: "thief", port: 80 } },
      { namespace: thief },
    );
    const taken = new RegExp(
      `spec\\.hosts\\[0\\]': host orders\\.${scene.domain} is already used by APIRule ${scene.namespace}/orders`,
    );
    await scene.untilState("a-thief", "Error", taken, thief);
    expect(await scene.virtualServices("a-thief", thief)).toEqual([]);
    await scene.untilState("orders", "Ready");
    await scene.edit("orders", { spec: { hosts: ["moved"] } });
    await scene.untilState("a-thief", "Ready", /./, thief);
  });

  test("of several that come at once, exactly one gets the host", async () => {
    await scene.createService("orders");
    const names = ["c", "a", "d", "b"];
    const spec = { hosts: ["same"], service: { name: "orders", port: 80 } };
    await Promise.all(names.map((name) => scene.createApiRule(name, spec)));
    await quiet();
    const states = await Promise.all(names.map(async (name) => (await scene.apiRule(name)).status?.state));
    expect(states.filter((state) => state === "Ready")).toHaveLength(1);
    expect(states.filter((state) => state === "Error")).toHaveLength(3);
    const routes = await Promise.all(names.map((name) => scene.virtualServices(name)));
    expect(routes.flat()).toHaveLength(1);
  });

  test("a VirtualService of somebody else keeps its host", async () => {
    await scene.createService("orders");
    const legacy = { namespace: scene.namespace, name: "legacy" };
    await scene.client.create(virtualServices, {
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      metadata: legacy,
      spec: { hosts: [`orders.${scene.domain}`], gateways: [scene.gateway] },
    } as never);
    await scene.createApiRule("orders");
    await scene.untilState(
      "orders",
      "Error",
      new RegExp(`is already used by VirtualService ${scene.namespace}/legacy`),
    );
    await scene.client.delete(virtualServices, legacy);
    await scene.untilState("orders", "Ready");
  });

  test("a wildcard of another namespace takes no host over", async () => {
    await scene.createService("orders");
    await scene.createApiRule("orders");
    await scene.untilState("orders", "Ready");
    const thief = await createNamespace(scene.client, "thief");
    await scene.createService("thief", thief);
    await scene.createApiRule("thief", { hosts: [`*.${scene.domain}`] }, { namespace: thief });
    await scene.untilState("thief", "Error", /is already used by APIRule/, thief);
  });
});

describe("never more open than asked", () => {
  const edge = (path: string) => ({
    host: `orders.${scene.domain}`,
    method: "GET",
    path,
    principal: gatewayPrincipal,
  });

  test("a rule that is edited to extAuth does not stay open", async () => {
    await scene.createService("orders");
    await scene.createApiRule("orders");
    await scene.untilState("orders", "Ready");
    const rules = [{ path: "/*", methods: ["GET"], extAuth: { authorizers: ["x"] } }];
    await scene.edit("orders", { spec: { rules } });
    await scene.untilState("orders", "Error", /Attribute 'spec\.rules\[0\]\.extAuth': is not supported yet/);
    expect(await scene.virtualServices("orders")).toEqual([]);
  });

  test("an invalid edit keeps what worked when that is no more open", async () => {
    await scene.createService("orders");
    await scene.createApiRule("orders", { rules: [jwtRule("/a")] });
    await scene.untilState("orders", "Ready");
    const [before] = await scene.virtualServices("orders");
    await scene.edit("orders", { spec: { rules: [jwtRule("/a"), jwtRule("/a")] } });
    await scene.untilState("orders", "Error", /never reached/);
    expect(await scene.virtualServices("orders")).toEqual([before]);
  });

  test("two APIRules of one Service: closing one inside closes the Service, deleting one leaves the other's policies", async () => {
    await scene.createService("orders");
    const service = { name: "orders", port: 80 };
    await scene.createApiRule("orders", { rules: [jwtRule("/a")] });
    await scene.createApiRule("open", { service });
    await scene.untilState("orders", "Ready");
    await scene.untilState("open", "Ready");
    const policies = async () => [
      ...(await scene.authorizationPolicies("orders")),
      ...(await scene.authorizationPolicies("open")),
    ];
    const inside = { host: "orders", method: "GET", path: "/" };
    expect(isAllowed(await policies(), edge("/a"))).toBe(false);
    expect(isAllowed(await policies(), { ...edge("/a"), host: `open.${scene.domain}` })).toBe(true);
    expect(isAllowed(await policies(), inside)).toBe(true);

    const annotations = { "gateway.kyma-project.io/in-cluster-traffic": "deny" };
    await scene.edit("open", { metadata: { annotations } });
    await eventually(async () => !isAllowed(await policies(), inside) || undefined, "closed inside");

    await scene.client.delete(apiRules, { namespace: scene.namespace, name: "open" });
    await scene.untilGone(apiRules, { namespace: scene.namespace, name: "open" });
    await eventually(async () => isAllowed(await policies(), inside) || undefined, "open inside again");
    expect(
      isAllowed(await policies(), { ...edge("/a"), claims: { iss: "https://issuer.example", sub: "x" } }),
    ).toBe(true);
  });

  test("a later APIRule cannot have a Service trust the same issuer by other keys", async () => {
    await scene.createService("orders");
    await scene.createApiRule("orders", { rules: [jwtRule("/a")] });
    await scene.untilState("orders", "Ready");
    const rule = jwtRule("/a");
    rule.jwt = {
      authentications: [{ issuer: "https://issuer.example", jwksUri: "https://evil.example/keys" }],
    };
    await scene.createApiRule("second", { service: { name: "orders", port: 80 }, rules: [rule] });
    await scene.untilState(
      "second",
      "Error",
      new RegExp(
        `trusts issuer https://issuer\\.example already, by the keys that APIRule ${scene.namespace}/orders names`,
      ),
    );
    expect(await scene.requestAuthentications("second")).toEqual([]);
  });
});
