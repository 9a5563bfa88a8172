import { expect, test } from "vitest";
import { storedFunction } from "./sample.ts";
import { validate } from "./validate.ts";

const problemsOf = (spec: Record<string, unknown>) => validate(storedFunction(spec)).problems;
const withDependencies = (dependencies: string) => ({ source: { inline: { source: "x", dependencies } } });
const withResources = (resources: unknown) => ({ resourceConfiguration: { function: { resources } } });
const mount = (secretName: string, mountPath: string) => ({ secretName, mountPath });

test.each<[string, Record<string, unknown>]>([
  ["the simplest Function", {}],
  ["blank dependencies", withDependencies(" \n")],
  [
    "a whole package.json",
    withDependencies(
      '{"name":"x","type":"module","dependencies":{"@a/b":"^1.2.0","c":"npm:d@1","e":"latest"}}',
    ),
  ],
  ["limits without requests", withResources({ limits: { cpu: 1, memory: "1e9" } })],
  ["several Secrets", { secretMounts: [mount("a.b", "/etc/a"), mount("b", "/etc/b/")] }],
  [
    "a variable twice",
    {
      env: [
        { name: "A", value: "1" },
        { name: "A", value: "2" },
      ],
    },
  ],
  ["an image of one's own", { runtimeImageOverride: "registry.example/my/runtime:1" }],
  ["zero replicas", { replicas: 0 }],
])("valid: %s", (_what, spec) => {
  expect(problemsOf(spec)).toEqual([]);
});

test.each<[Record<string, unknown>, RegExp]>([
  [{ runtime: "python312" }, /spec\.runtime "python312" is not supported/],
  [{ runtimeImageOverride: "  " }, /runtimeImageOverride/],
  [{ source: {} }, /spec\.source\.inline is missing/],
  [{ source: { gitRepository: { url: "https://x.example/y" } } }, /spec\.source\.gitRepository/],
  [{ source: { inline: { source: "\n " } } }, /source is empty/],
  [{ source: { inline: { source: "x".repeat(131_072) } } }, /at most 128 KiB/],
  [withDependencies("{"), /not valid JSON/],
  [withDependencies("[]"), /JSON object/],
  [withDependencies('"text"'), /JSON object/],
  [withDependencies('{"dependencies":["ms"]}'), /"dependencies" must be an object/],
  [withDependencies('{"dependencies":{"../up":"1"}}'), /"\.\.\/up" is not a package name/],
  [withDependencies('{"dependencies":{"a":7}}'), /version of "a" must be a text/],
  [withDependencies('{"dependencies":{"a":"file:../secrets"}}'), /"a" comes from "file:\.\.\/secrets"/],
  [withDependencies('{"dependencies":{"a":"git+ssh://git@host/x"}}'), /"a" comes from "git\+ssh/],
  [withDependencies('{"dependencies":{"a":"https://host/x.tgz"}}'), /"a" comes from "https/],
  [withDependencies('{"dependencies":{"a":"user/repository"}}'), /"a" comes from "user\/repository"/],
  [withDependencies('{"dependencies":{"a":"../folder"}}'), /"a" comes from "\.\.\/folder"/],
  [withDependencies('{"devDependencies":{"a":"link:x"}}'), /devDependencies: "a"/],
  [withDependencies('{"overrides":{"a":{"b":"github:user/x"}}}'), /overrides: "b" comes from "github/],
  [{ env: [{ name: "NODE_PATH", value: "x" }] }, /NODE_PATH is reserved/],
  [{ env: [{ name: "1A", value: "x" }] }, /"1A" is not a legal name/],
  [
    { env: [{ name: "A", valueFrom: { secretKeyRef: { name: "", key: "k" } } }] },
    /A refers to a Secret without a name/,
  ],
  [{ env: [{ name: "A", valueFrom: {} }] }, /exactly one source/],
  [{ resourceConfiguration: { function: { profile: "S", resources: {} } } }, /both profile and resources/],
  [{ resourceConfiguration: { function: { profile: "XXL" } } }, /"XXL" is unknown/],
  [withResources({ requests: { cpu: "5m" } }), /requests\.cpu is 5m; the minimum is 10m/],
  [withResources({ limits: { memory: "1Mi" } }), /limits\.memory is 1Mi; the minimum is 16Mi/],
  [withResources({ limits: { memory: "lots" } }), /"lots" is not a quantity/],
  [
    withResources({ requests: { cpu: "1" }, limits: { cpu: "500m" } }),
    /limits\.cpu \(500m\) is below its request \(1\)/,
  ],
  [withResources({ claims: [{ name: "gpu" }] }), /claims is not supported/],
  [{ secretMounts: [mount("a", "/x"), mount("a", "/y")] }, /"a" is mounted more than once/],
  [{ secretMounts: [mount("a", "relative")] }, /"relative" must be an absolute path/],
  [{ secretMounts: [mount("a", "/usr/src/app/function/")] }, /is taken/],
  [{ secretMounts: [mount("a", "/x"), mount("b", "/x/../x")] }, /\/x\/\.\.\/x is taken/],
  [{ secretMounts: [mount("A_b", "/x")] }, /"A_b" is not a legal name/],
  [{ labels: { "serverless.kyma-project.io/x": "y" } }, /reserved/],
  [{ labels: { a: "not legal" } }, /value of a is not a legal label value/],
  [{ annotations: { "proxy.istio.io/config": "x" } }, /proxy\.istio\.io\/config/],
  [{ scaleConfig: { minReplicas: 1, maxReplicas: 3 } }, /spec\.scaleConfig is not supported/],
  [{ template: { labels: { a: "b" } } }, /spec\.template\.labels/],
])("invalid: %j", (spec, problem) => {
  expect(problemsOf(spec)).toEqual([expect.stringMatching(problem)]);
});

test("all problems are told at once, but not by the thousand", () => {
  const env = Array.from({ length: 10_000 }, (_, index) => ({ name: `${index}` }));
  const problems = problemsOf({ runtime: "cobol", env });
  expect(problems).toHaveLength(21);
  expect(problems.at(-1)).toBe("9981 more problems");
});

test("a name that no Service can have is refused", () => {
  const fn = storedFunction();
  expect(validate({ ...fn, metadata: { ...fn.metadata, name: "a.b" } }).problems).toEqual([
    expect.stringMatching(/metadata\.name "a\.b"/),
  ]);
});

test("what is deprecated works with a warning", () => {
  const fn = storedFunction({ runtime: "nodejs20", resourceConfiguration: { build: { profile: "fast" } } });
  expect(validate(fn)).toEqual({
    problems: [],
    warnings: [
      "runtime nodejs20 is deprecated; use nodejs22 or nodejs24",
      "spec.resourceConfiguration.build is deprecated and has no effect",
    ],
  });
});
