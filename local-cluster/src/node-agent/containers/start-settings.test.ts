import { expect, test } from "vitest";
import type { Image } from "../images/image.ts";
import type { Container, Pod } from "../pods/pod.ts";
import { memoryLimit, nodeEnvironment, pathTranslator, refuseUnknown, runAs } from "./start-settings.ts";

const image: Image = {
  id: "i",
  mounts: () => [],
  workingDirectory: "/",
  user: 1000,
  env: () => ({}),
  command: () => [],
};
const container: Container = { name: "c", image: "i" };
const podWith = (spec: Partial<Pod["spec"]>): Pod => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "p", namespace: "n" },
  spec: { containers: [container], ...spec },
});

test("the container's user goes before the pod's, that before the image's", () => {
  const pod = podWith({ securityContext: { runAsUser: 7, runAsGroup: 8, fsGroup: 9 } });
  expect(runAs(podWith({}), container, image)).toEqual({ uid: 1000, gid: 1000, groups: [] });
  expect(runAs(pod, container, image)).toEqual({ uid: 7, gid: 8, groups: [9] });
  expect(runAs(pod, { ...container, securityContext: { runAsUser: 3 } }, image)).toMatchObject({ uid: 3 });
});

test("root is refused where the pod forbids it, and a container may lift that for itself", () => {
  const pod = podWith({ securityContext: { runAsUser: 0, runAsNonRoot: true } });
  expect(() => runAs(pod, container, image)).toThrow('container "c" has runAsNonRoot');
  expect(runAs(pod, { ...container, securityContext: { runAsNonRoot: false } }, image)).toMatchObject({
    uid: 0,
  });
});

test("memory limits are bytes; none means none", () => {
  expect(memoryLimit({ ...container, resources: { limits: { memory: "64Mi" } } })).toBe(67_108_864);
  expect(memoryLimit(container)).toBeUndefined();
});

test("the API server is named, and a proxy where there is one", () => {
  const apiServer = "https://127.0.0.1:6443";
  expect(nodeEnvironment(podWith({}), { proxyUrl: "http://127.0.0.1:1", apiServer })).toMatchObject({
    HTTP_PROXY: "http://127.0.0.1:1",
    NODE_USE_ENV_PROXY: "1",
    KUBERNETES_SERVICE_HOST: "127.0.0.1",
    KUBERNETES_SERVICE_PORT: "6443",
  });
  expect(nodeEnvironment(podWith({}), { proxyUrl: "", apiServer })).not.toHaveProperty("HTTP_PROXY");
});

test("the innermost mount translates a path", () => {
  const at = pathTranslator({ "/usr/src/app": "/cache/image", "/usr/src/app/function/": "/pods/1/sources" });
  expect(at("/usr/src/app/main.js")).toBe("/cache/image/main.js");
  expect(at("/usr/src/app/function/handler.js")).toBe("/pods/1/sources/handler.js");
  expect(at("/usr/src/apple")).toBe("/usr/src/apple");
});

test("what the node does not have is refused by name", () => {
  const refused = (pod: Pod, isInit: boolean, own: Partial<Container>) => () =>
    refuseUnknown(pod, { ...container, ...own }, isInit, (probe) => "httpGet" in probe);
  expect(refused(podWith({ hostNetwork: true }), false, {})).toThrow("hostNetwork");
  expect(refused(podWith({}), true, { restartPolicy: "Always" })).toThrow("sidecar");
  expect(refused(podWith({}), false, { livenessProbe: { exec: { command: ["x"] } } })).toThrow("exec");
  expect(refused(podWith({}), false, { livenessProbe: { httpGet: { port: 1 } } })).not.toThrow();
});
