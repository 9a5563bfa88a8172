import { beforeAll, describe, expect, inject, it } from "vitest";
import { KubeClient } from "./client.ts";
import { connect } from "./connection.ts";
import { Discovery } from "./discovery.ts";
import {
  AlreadyExistsError,
  ConflictError,
  InvalidError,
  NotFoundError,
  UnavailableError,
} from "./errors.ts";
import { Informer } from "./informer.ts";
import { loadKubeConfig } from "./kubeconfig.ts";
import type { UnknownObject } from "./objects.ts";
import { clusterRoles, configMaps, deployments, namespaces, services } from "./resource-types.ts";

const client = new KubeClient(connect(loadKubeConfig(inject("kubeconfig"))));
const namespace = `kube-${Date.now().toString(36)}`;
const configMap = (name: string, data: object): UnknownObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace },
  data,
});

beforeAll(async () => {
  await client.create(namespaces, { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
});

describe("the client on a real API server", () => {
  it("keeps times as strings and unknown fields as they are", async () => {
    const created = await client.create<UnknownObject>(configMaps, configMap("times", { a: "1" }));
    expect(created.metadata.creationTimestamp).toMatch(/^\d{4}-\d\d-\d\dT/);
    const read = await client.get<UnknownObject>(configMaps, { namespace, name: "times" });
    expect(read).toEqual(created);
  });

  it("names what went wrong by class", async () => {
    await client.create(configMaps, configMap("twice", {}));
    await expect(client.create(configMaps, configMap("twice", {}))).rejects.toBeInstanceOf(
      AlreadyExistsError,
    );
    await expect(client.get(configMaps, { namespace, name: "none" })).rejects.toBeInstanceOf(NotFoundError);
    await expect(client.create(configMaps, configMap("Not A Name", {}))).rejects.toBeInstanceOf(InvalidError);
    const dead = connect({ ...client.connection.access, server: "https://127.0.0.1:1" });
    await expect(new KubeClient(dead).list(configMaps)).rejects.toBeInstanceOf(UnavailableError);
  });

  it("reads all pages of a list and completes its items", async () => {
    for (const name of ["p1", "p2", "p3", "p4", "p5"]) await client.create(configMaps, configMap(name, {}));
    const { items } = await client.list<UnknownObject>(configMaps, { namespace, limit: 2 });
    expect(items.filter((item) => /^p\d$/.test(item.metadata.name))).toHaveLength(5);
    expect(items[0]).toMatchObject({ apiVersion: "v1", kind: "ConfigMap" });
  });

  it("reports the manager and field of an apply conflict", async () => {
    await client.apply(configMaps, configMap("shared", { key: "mine" }), { manager: "first" });
    const attempt = client.apply(configMaps, configMap("shared", { key: "yours" }), { manager: "second" });
    const error = await attempt.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConflictError);
    expect((error as ConflictError).causes).toEqual([
      expect.objectContaining({ field: ".data.key", message: expect.stringContaining("first") as string }),
    ]);
    const forced = await client.apply<UnknownObject>(configMaps, configMap("shared", { key: "yours" }), {
      manager: "second",
      force: true,
    });
    expect(forced["data"]).toEqual({ key: "yours" });
  });

  it("writes nothing in a dry run", async () => {
    await client.create(configMaps, configMap("dry", {}), { dryRun: true });
    await expect(client.get(configMaps, { namespace, name: "dry" })).rejects.toBeInstanceOf(NotFoundError);
  });

  it("deletes only the object that was meant", async () => {
    const { metadata } = await client.create<UnknownObject>(configMaps, configMap("meant", {}));
    const key = { namespace, name: "meant" };
    await expect(client.delete(configMaps, key, { uid: "another" })).rejects.toBeInstanceOf(ConflictError);
    await client.delete(configMaps, key, { uid: metadata.uid ?? "" });
    await expect(client.delete(configMaps, key)).rejects.toBeInstanceOf(NotFoundError);
  });

  it("reaches names with capitals and colons, and refuses names that would leave the path", async () => {
    const role = {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: `A:b-${namespace}` },
    };
    await client.create(clusterRoles, role);
    expect((await client.get(clusterRoles, { name: role.metadata.name })).metadata.name).toBe(
      role.metadata.name,
    );
    await client.delete(clusterRoles, { name: role.metadata.name });
    for (const name of ["..", "a/b", "", "a\\b"]) {
      expect(() => client.get(configMaps, { namespace, name })).toThrow(/cannot be part/);
      expect(() => client.get(configMaps, { namespace: `x/../${name}`, name: "a" })).toThrow(
        /cannot be part/,
      );
    }
  });

  it("feeds an informer through a change of the world", async () => {
    const stop = new AbortController();
    const informer = new Informer<UnknownObject>(client, services, { namespace });
    informer.start(stop.signal);
    await informer.synced;
    const seen = new Promise<string>((resolve) => {
      informer.onChange((next) => next?.metadata.labels?.["x"] && resolve(next.metadata.name));
    });
    const spec = { ports: [{ port: 80 }], selector: { a: "b" } };
    await client.create(services, {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "s", namespace },
      spec,
    } as never);
    await client.patch(
      services,
      { namespace, name: "s" },
      { metadata: { labels: { x: "y" } } },
      { type: "merge" },
    );
    expect(await seen).toBe("s");
    stop.abort();
  });

  it("discovers each kind once", async () => {
    const resources = await new Discovery(client).resources();
    const found = resources.filter((resource) => resource.plural === "deployments");
    expect(found).toEqual([expect.objectContaining({ ...deployments, shortNames: ["deploy"] })]);
    expect(resources.some((resource) => resource.plural.includes("/"))).toBe(false);
  });
});
