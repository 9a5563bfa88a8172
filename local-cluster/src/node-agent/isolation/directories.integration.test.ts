import { secrets } from "@kyma/kube/resource-types.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { podUrl, TestNode, until } from "../testing/test-node.ts";

let node: TestNode;
beforeAll(async () => {
  node = await TestNode.start({ script: "main.ts", args: ["--isolation=directories"] });
}, 120_000);
afterAll(() => node.stop(), 60_000);

test("without mount namespaces a Function still finds its files, and a Warning names where they are", async () => {
  const namespace = await node.namespace();
  const secret = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "s", namespace },
    stringData: { key: "hidden" },
  };
  await node.client.create(secrets, secret);
  const source = `const fs = require("fs");
    module.exports = { main: () => fs.readFileSync(process.env.KEY_FILE, "utf8") };`;
  await node.pod(namespace, "f", {
    volumes: [
      { name: "sources", emptyDir: {} },
      { name: "secret", secret: { secretName: "s" } },
    ],
    containers: [
      {
        name: "function",
        image: "kyma.local/function-runtime-nodejs24:1",
        env: [
          { name: "FUNC_NAME", value: "f" },
          { name: "FUNC_HANDLER_SOURCE", value: source },
          { name: "KEY_FILE", value: "/etc/secret/key" },
        ],
        volumeMounts: [
          { name: "sources", mountPath: "/usr/src/app/function" },
          { name: "secret", mountPath: "/etc/secret", readOnly: true },
        ],
        readinessProbe: { httpGet: { path: "/healthz", port: 8080 } },
      },
    ],
  });
  const pod = await node.podReady(namespace, "f");
  expect(await (await fetch(podUrl(pod))).text()).toBe("hidden");
  const place = `${node.dataDir}/pods/${pod.metadata.uid}/volumes/secret`;
  await until("an Event names the place", async () =>
    (await node.events(namespace, "f")).some(
      (event) =>
        event.startsWith("MountDisplaced: ") && event.includes(`what belongs at /etc/secret is at ${place}`),
    ),
  );
});

test("a command of the pod runs, and its end is told as elsewhere", async () => {
  const namespace = await node.namespace();
  await node.pod(namespace, "f", {
    restartPolicy: "Never",
    containers: [
      {
        name: "main",
        image: "kyma.local/test-issuer:1",
        command: ["/bin/sh", "-c", "echo $LISTEN_ADDRESS; exit 4"],
      },
    ],
  });
  const pod = await node.podIs(namespace, "f", "failed", ({ status }) => status?.phase === "Failed");
  expect(pod.status?.containerStatuses?.[0]?.state.terminated).toMatchObject({
    exitCode: 4,
    reason: "Error",
  });
});
