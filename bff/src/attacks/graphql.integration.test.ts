import { secrets } from "@kyma/kube/resource-types.ts";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startRecordingApiServer, type RecordingApiServer } from "../testing/recording-proxy.ts";
import { createNamespace, readUntil, startTestConsole, type TestConsole } from "../testing/test-console.ts";

let upstream: RecordingApiServer;
let app: TestConsole;
let namespace: string;
beforeAll(async () => {
  upstream = await startRecordingApiServer(inject("kubeconfig"));
  app = await startTestConsole(upstream.kubeconfig);
  namespace = await createNamespace(app.kube);
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await upstream[Symbol.asyncDispose]();
});

test("A15: a query over the limits is a 400, soon, and no resolver runs", async () => {
  const one = '{ objects(type: {version: "v1", plural: "pods"}) }';
  const nested = (depth: number): string => (depth === 0 ? "user" : `session { ${nested(depth - 1)} }`);
  const aliases = Array.from(
    { length: 1000 },
    (_, index) => `a${index}: objects(type: {version: "v1", plural: "pods"})`,
  );
  const fragments = Array.from(
    { length: 1000 },
    (_, index) => `fragment f${index} on Query { ...f${index + 1} }`,
  );
  const attacks: Record<string, [string, object?]> = {
    "depth 50": [`{ ${nested(50)} }`],
    "1000 aliases": [`{ ${aliases.join(" ")} }`],
    "1000 fragments": [
      `${one.slice(0, -1)} ...f0 } ${fragments.join(" ")} fragment f1000 on Query { ...f0 }`,
    ],
    "a cycle": ["{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }"],
    "1000 directives": [
      `{ objects(type: {version: "v1", plural: "pods"}) ${"@skip(if: false) ".repeat(1000)} }`,
    ],
    "10000 elements": [
      "query($c: [AccessCheck!]!) { access(checks: $c) { allowed } }",
      { c: Array.from({ length: 10_000 }, () => ({ verb: "get", resource: "pods" })) },
    ],
    "deep variables": [
      "query($o: JSON!) { a: session { user } }",
      { o: JSON.parse("[".repeat(100) + "]".repeat(100)) as object },
    ],
  };
  const start = upstream.requests.length;
  for (const [what, [query, variables]] of Object.entries(attacks)) {
    const answer = await app.graphql(query, variables);
    expect({ what, status: answer.status }).toEqual({ what, status: 400 });
    expect(answer.data).toBeUndefined();
  }
  expect(upstream.requests.length).toBe(start);
});

test("A16: a page is never larger than the largest, and never negative", async () => {
  const socket = app.socket();
  const query =
    "subscription($s: TableScope!, $v: TableView!) { tableWindow(scope: $s, view: $v) { rows { key } } }";
  const scope = { type: { version: "v1", plural: "configmaps" }, namespaces: [namespace] };
  for (const view of [{ count: 99_999_999 }, { count: -1 }, { offset: -1 }]) {
    await expect(readUntil(socket, query, { s: scope, v: view }, () => true)).rejects.toMatchObject({
      extensions: { code: "BAD_INPUT" },
    });
  }
  await socket.dispose();
  const checks = Array.from({ length: 51 }, () => ({ verb: "get", resource: "pods" }));
  const many = await app.graphql("query($c: [AccessCheck!]!) { access(checks: $c) { allowed } }", {
    c: checks,
  });
  expect(many.errors?.[0]?.extensions["code"]).toBe("BAD_INPUT");
});

test("A17: an error that nobody foresaw shows an id, and neither a path nor a name of ours", async () => {
  // A kubeconfig whose certificate authority is none makes node:tls throw from inside.
  for (const query of ['{ __type(name: "Query") { name } }', "{ sesion { user } }", "{ session { usr } }"]) {
    const { status, errors } = await app.graphql(query);
    expect(status).toBe(400);
    expect(JSON.stringify(errors)).not.toMatch(/did you mean|\/work|node_modules|\.ts/i);
  }
});

test("A19: prototype keys are data, wherever they stand", async () => {
  const polluted = JSON.parse(
    '{"__proto__": {"polluted": "yes"}, "constructor": {"prototype": {"polluted": "yes"}}}',
  ) as object;
  const labels = JSON.parse('{"constructor": "a", "prototype": "b", "toString": "c"}') as object;
  const object = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { namespace, name: "keys", labels },
    data: JSON.parse('{"constructor": "1", "__proto__": "2"}') as object,
  };
  const created = await app.graphql("mutation($o: JSON!) { createObject(object: $o) }", { o: object });
  const made = created.data?.["createObject"] as UnknownObject & { data: object };
  expect(made.metadata.labels).toEqual(labels);
  expect(Object.getOwnPropertyNames(made.data).toSorted()).toEqual(["__proto__", "constructor"]);
  const patch = { metadata: { annotations: { a: "b" } }, ...polluted };
  await app.graphql(
    `mutation($p: JSON!) { patchObject(ref: {type: {version: "v1", plural: "configmaps"}, namespace: "${namespace}", name: "keys"}, patch: $p) }`,
    { p: patch },
  );
  await app.graphql(
    "query($v: JSON) { session { user } }",
    JSON.parse('{"__proto__": {"a": 1}, "v": {"__proto__": {"polluted": "yes"}}}') as object,
  );
  const literal =
    'mutation { createObject(object: {apiVersion: "v1", kind: "ConfigMap", __proto__: {polluted: "yes"}, metadata: {namespace: "x", name: "y"}}, dryRun: true) }';
  await app.graphql(literal);
  const reveal = await app.graphql(
    `{ revealSecret(namespace: "${namespace}", name: "none", key: "__proto__") }`,
  );
  expect(reveal.errors).toBeDefined();
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain("polluted");
});

const value = "very-s3cret-value-of-a26";

test("A26: a Secret's value is masked in every view; revealing it is the only way and is written down without it", async () => {
  const encoded = Buffer.from(value).toString("base64");
  const metadata = { namespace, name: "hidden" };
  const applied = { apiVersion: "v1", kind: "Secret", metadata, data: { key: encoded } };
  await app.kube.create(secrets, {
    ...applied,
    metadata: {
      ...metadata,
      annotations: { "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify(applied) },
    },
  });
  const type = { version: "v1", plural: "secrets" };
  const ref = { type, ...metadata };
  const seen: unknown[] = [
    await app.graphql("query($ref: ObjectRef!) { object(ref: $ref) objectYaml(ref: $ref) }", { ref }),
    await app.graphql("query($t: ResourceType!, $ns: String) { objects(type: $t, namespace: $ns) }", {
      t: type,
      ns: namespace,
    }),
    await app.graphql(
      'mutation($ref: ObjectRef!) { patchObject(ref: $ref, patch: {metadata: {labels: {a: "b"}}}) }',
      { ref },
    ),
    await app.graphql("mutation($o: JSON!) { createObject(object: $o) }", { o: applied }),
    await app.graphql(
      "mutation($ref: ObjectRef!, $y: String!) { applyYaml(ref: $ref, yaml: $y, dryRun: true) { object } }",
      {
        ref,
        y: `apiVersion: v1\nkind: Secret\nmetadata: {namespace: ${namespace}, name: hidden, labels: {c: d}}\n`,
      },
    ),
  ];
  const socket = app.socket();
  const variables = { type, namespace, ref };
  for (const query of [
    "subscription($type: ResourceType!, $namespace: String) { objectsEvents(type: $type, namespace: $namespace) { objects } }",
    "subscription($type: ResourceType!, $namespace: String!) { tableWindow(scope: {type: $type, namespaces: [$namespace]}, view: {}) { rows { labels cells } } }",
    "subscription($ref: ObjectRef!) { objectEvents(ref: $ref) { object } }",
  ]) {
    seen.push(await readUntil(socket, query, variables, () => true));
  }
  // An own column, a filter and the export could read the whole object.
  const window =
    "subscription($s: TableScope!, $v: TableView!) { tableWindow(scope: $s, view: $v) { total rows { cells labels name } warnings } }";
  const scope = { type, namespaces: [namespace] };
  for (const column of [
    "jsonpath:{.data.key}",
    "jsonpath:{.data}",
    "annotation:kubectl.kubernetes.io/last-applied-configuration",
  ]) {
    seen.push(
      await readUntil(socket, window, { s: scope, v: { columns: [column] } }, () => true).catch(
        (error: unknown) => error,
      ),
    );
  }
  const found = await readUntil<{ total: number }>(
    socket,
    window,
    { s: scope, v: { where: `object.data.key == "${encoded}"` } },
    () => true,
  ).catch(() => [{ total: 0 }]);
  expect(found[0]?.total).toBe(0);
  const text = JSON.stringify(seen);
  expect(text).toContain("hidden");
  expect(text).not.toContain(value);
  expect(text).not.toContain(encoded);
  const before = app.logged.length;
  const revealed = await app.graphql(
    `{ revealSecret(namespace: "${namespace}", name: "hidden", key: "key") }`,
  );
  expect(revealed.data?.["revealSecret"]).toBe(value);
  expect(app.logged.slice(before).join("\n")).toContain("a Secret value was revealed");
  const logs = app.logged.join("\n");
  expect(logs).not.toContain(value);
  expect(logs).not.toContain(encoded);
  await socket.dispose();
});
