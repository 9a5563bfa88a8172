import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import { expect, test } from "vitest";
import { deploymentOf, serviceOf } from "./manifests.ts";
import { defaultFunctionOptions } from "./options.ts";
import { literalEnvValue, secretVolumeName } from "./pod-template.ts";
import { storedFunction } from "./sample.ts";

const full = () => {
  const fn = storedFunction({
    runtime: "nodejs22",
    source: {
      inline: { source: "const price = '$(HOME) $$5 ${x}';", dependencies: '{"dependencies":{"ms":"2"}}' },
    },
    env: [
      { name: "MODE", value: "first" },
      { name: "FUNC_NAME", value: "mine" },
      { name: "MODE", value: "second" },
      { name: "KEY", valueFrom: { secretKeyRef: { name: "keys", key: "k" } } },
    ],
    labels: { tier: "web", "serverless.kyma-project.io/uuid": "forged" },
    annotations: { note: "x" },
    secretMounts: [{ secretName: "keys", mountPath: "/etc/keys" }],
    resourceConfiguration: { function: { profile: "XS" } },
    replicas: 3,
    containerSecurityContext: { readOnlyRootFilesystem: false },
  });
  return { ...fn, metadata: { ...fn.metadata, labels: { team: "blue" } } };
};

/** Run with UPDATE_GOLDEN=1 to write the file anew. */
function expectGolden(name: string, value: unknown): void {
  const file = join(import.meta.dirname, "testdata", name);
  if (process.env["UPDATE_GOLDEN"]) writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
  expect(value).toEqual(JSON.parse(readFileSync(file, "utf8")));
}

test("the Deployment of the simplest Function", () => {
  expectGolden("deployment-simple.json", deploymentOf(storedFunction(), defaultFunctionOptions));
});

test("the Deployment of a Function that uses everything", () => {
  expectGolden("deployment-full.json", deploymentOf(full(), defaultFunctionOptions));
});

test("the Service", () => {
  expectGolden("service.json", serviceOf(full()));
});

test("an image given by the user replaces the runtime's", () => {
  const fn = storedFunction({ runtimeImageOverride: "registry.example/mine:1" });
  const { spec } = deploymentOf(fn, defaultFunctionOptions) as UnknownObject;
  expect(JSON.stringify(spec)).toContain('"image":"registry.example/mine:1"');
});

/** As the kubelet reads an env value when no variable of that name is known: `$$` is `$`, `$(X)` stays. */
const kubeletReads = (text: string) =>
  text.replaceAll(/\$\$|\$\(HOME\)/g, (found) => (found === "$$" ? "$" : "/home"));

test.each(["$(HOME)", "$$(HOME)", "$$$(HOME)", "a $b ${c} d$", "$$ $$$ $", "jQuery: $($(x))"])(
  "the source %s reaches the process unchanged",
  (source) => {
    expect(kubeletReads(literalEnvValue(source))).toBe(source);
  },
);

test.each([
  ["keys", "keys"],
  ["with.dots", expect.stringMatching(/^secret-[0-9a-f]{12}$/)],
  ["tmp", expect.stringMatching(/^secret-[0-9a-f]{12}$/)],
  ["x".repeat(64), expect.stringMatching(/^secret-[0-9a-f]{12}$/)],
])("the volume of Secret %s", (secret, volume) => {
  expect(secretVolumeName(secret)).toEqual(volume);
});
