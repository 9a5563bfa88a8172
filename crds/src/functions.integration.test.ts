import { InvalidError } from "@kyma/kube/errors.ts";
import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import { afterAll, describe, expect, inject, test } from "vitest";
import type { FunctionSpec, KymaFunction } from "./generated/functions.gen.ts";
import { functions } from "./resource-types.ts";

const connection = connect(loadKubeConfig(inject("kubeconfig")));
const client = new KubeClient(connection);
const namespace = "default";

afterAll(() => connection.close());

const source = { inline: { source: "module.exports = { main: () => 'hi' }" } };
const spec: FunctionSpec = { runtime: "nodejs24", source };

function functionWith(change: object, name = "hello"): KymaFunction {
  return {
    apiVersion: "serverless.kyma-project.io/v1alpha2",
    kind: "Function",
    metadata: { name, namespace },
    spec: { ...spec, ...change },
  };
}

/** Creates a Function as a dry run: the API server validates it and keeps nothing. */
function create(change: object): Promise<KymaFunction> {
  return client.create<KymaFunction>(functions, functionWith(change), { dryRun: true });
}

const git = (change: object): object => ({
  source: {
    gitRepository: { url: "https://git.example.com/a.git", baseDir: "/", reference: "main", ...change },
  },
});
const resources = (configuration: object): object => ({ resourceConfiguration: { function: configuration } });
const mounts = (...names: string[]): object => ({
  secretMounts: names.map((secretName) => ({ secretName, mountPath: "/secret" })),
});

describe("accepted", () => {
  test.each<[string, object]>([
    ["nodejs20", { runtime: "nodejs20" }],
    ["python312", { runtime: "python312" }],
    ["dependencies", { source: { inline: { source: "x", dependencies: '{ "dependencies": {} }' } } }],
    ["git over https", git({ auth: { type: "basic", secretName: "git" } })],
    [
      "git over ssh",
      git({ url: "git@git.example.com:kyma/a.git", auth: { type: "key", secretName: "git" } }),
    ],
    [
      "values and references",
      {
        env: [
          { name: "A", value: "b" },
          { name: "C", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
        ],
      },
    ],
    ["profile", resources({ profile: "XS" })],
    ["resources", resources({ resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { cpu: 1 } } })],
    [
      "build resources and scaling, without effect",
      {
        resourceConfiguration: { build: { profile: "fast" } },
        scaleConfig: { minReplicas: 1, maxReplicas: 3 },
      },
    ],
    ["no replicas", { replicas: 0 }],
    ["secret mounts", mounts("a", "b.c")],
    [
      "labels and annotations",
      { labels: { "app.example.com/name": "x" }, annotations: { "a.example/b": "any text" } },
    ],
    [
      "security contexts",
      {
        podSecurityContext: { runAsUser: 1000 },
        containerSecurityContext: { capabilities: { drop: ["ALL"] } },
      },
    ],
  ])("%s", async (_, change) => {
    await expect(create(change)).resolves.toMatchObject({ kind: "Function" });
  });

  test("one replica is the default, unknown fields are dropped", async () => {
    const created = await create({ podSpec: { hostNetwork: true } });
    expect(created.spec.replicas).toBe(1);
    expect(created.spec).not.toHaveProperty("podSpec");
  });
});

describe("refused", () => {
  test.each<[string, object, RegExp]>([
    ["unknown runtime", { runtime: "nodejs12" }, /spec.runtime.*nodejs12/],
    ["no runtime", { runtime: undefined }, /spec.runtime/],
    ["no source", { source: undefined }, /spec.source/],
    ["empty source object", { source: {} }, /exactly one of inline and gitRepository/],
    [
      "inline and git",
      { source: { ...source, gitRepository: { url: "https://a", baseDir: "a", reference: "b" } } },
      /exactly one of inline and gitRepository/,
    ],
    ["empty code", { source: { inline: { source: "" } } }, /source.inline.source/],
    ["code with a null byte", { source: { inline: { source: "a\0b" } } }, /source.inline.source/],
    ["git without URL", git({ url: undefined }), /gitRepository.url/],
    ["git with a bad URL", git({ url: "not a url" }), /absolute URL or have the form/],
    ["git without baseDir", git({ baseDir: undefined }), /baseDir is required/],
    ["git with blank reference", git({ reference: " " }), /reference is required/],
    ["git auth of another type", git({ auth: { type: "token", secretName: "a" } }), /auth.type/],
    [
      "git auth with blank secretName",
      git({ auth: { type: "key", secretName: " " } }),
      /secretName must not be blank/,
    ],
    ...[
      "FUNC_RUNTIME",
      "FUNC_HANDLER",
      "FUNC_PORT",
      "FUNC_HANDLER_SOURCE",
      "FUNC_HANDLER_DEPENDENCIES",
      "MOD_NAME",
      "NODE_PATH",
      "PYTHONPATH",
    ].map((name): [string, object, RegExp] => [
      `variable ${name}`,
      { env: [{ name, value: "" }] },
      new RegExp(`name ${name} is reserved`),
    ]),
    ["unknown profile", resources({ profile: "XXL" }), /profile/],
    [
      "profile and resources",
      resources({ profile: "S", resources: {} }),
      /exactly one of profile and resources/,
    ],
    ["neither profile nor resources", resources({}), /exactly one of profile and resources/],
    ["unknown build profile", { resourceConfiguration: { build: { profile: "S" } } }, /build.profile/],
    ["a limit that is no quantity", resources({ resources: { limits: { cpu: "much" } } }), /limits.cpu/],
    ["scaleConfig below one", { scaleConfig: { minReplicas: 0, maxReplicas: 1 } }, /minReplicas/],
    ["negative replicas", { replicas: -1 }, /spec.replicas/],
    ["template labels", { template: { labels: { a: "b" } } }, /no longer supported/],
    ["template annotations", { template: { annotations: { a: "b" } } }, /no longer supported/],
    ["the same secret twice", mounts("a", "a"), /mounted only once/],
    ["a secret name with capitals", mounts("A"), /secretName/],
    ["an empty secret name", mounts(""), /secretName/],
    ["an empty mount path", { secretMounts: [{ secretName: "a", mountPath: "" }] }, /mountPath/],
    [
      "reserved label",
      { labels: { "serverless.kyma-project.io/uuid": "x" } },
      /must not start with serverless/,
    ],
    ["label value of 64 characters", { labels: { a: "b".repeat(64) } }, /spec.labels.a/],
    ["label value with a space", { labels: { a: "b c" } }, /spec.labels.a/],
    ["bad label key", { labels: { "a/b/c": "d" } }, /valid Kubernetes label keys/],
    [
      "reserved annotation",
      { annotations: { "serverless.kyma-project.io/x": "y" } },
      /must not start with serverless/,
    ],
    [
      "annotation proxy.istio.io/config",
      { annotations: { "proxy.istio.io/config": "{}" } },
      /proxy.istio.io\/config/,
    ],
  ])("%s", async (_, change, message) => {
    const failure = create(change);
    await expect(failure).rejects.toBeInstanceOf(InvalidError);
    await expect(failure).rejects.toThrow(message);
  });
});

test("a Function can be scaled, and its columns are those of kubectl get in Kyma", async () => {
  const name = "scaled";
  await client.create(functions, functionWith({}, name));
  const path = `/apis/serverless.kyma-project.io/v1alpha2/namespaces/${namespace}/functions`;
  try {
    const key = { namespace, name };
    await client.patchStatus(functions, key, { replicas: 1, podSelector: "a=b" }, { manager: "test" });
    await client.patch(functions, key, { spec: { replicas: 3 } }, { type: "merge", subresource: "scale" });
    expect((await client.get<KymaFunction>(functions, key)).spec.replicas).toBe(3);
    const scale = await (await client.raw(`${path}/${name}/scale`)).json();
    expect(scale).toMatchObject({ spec: { replicas: 3 }, status: { replicas: 1, selector: "a=b" } });
    const accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
    const table = await (
      await client.raw(path, { headers: { accept } })
    ).json<{ columnDefinitions: { name: string }[] }>();
    expect(table.columnDefinitions.map((column) => column.name)).toEqual([
      "Name",
      "Configured",
      "Running",
      "Runtime",
      "Version",
      "Age",
    ]);
  } finally {
    await client.delete(functions, { namespace, name });
  }
});
