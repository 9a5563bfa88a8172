import type { KubeObject, ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { cronJobs, deployments, jobs, resourceQuotas } from "@kyma/kube/resource-types.ts";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { createNamespace, startTestConsole, type TestConsole } from "../testing/test-console.ts";

let app: TestConsole;
let namespace: string;
beforeAll(async () => {
  app = await startTestConsole(inject("kubeconfig"));
  namespace = await createNamespace(app.kube);
});
afterAll(() => app[Symbol.asyncDispose]());

const admission = (plural: string, kind: string): ResourceType => ({
  group: "admissionregistration.k8s.io",
  version: "v1",
  plural,
  kind,
  namespaced: false,
});
const policies = admission("validatingadmissionpolicies", "ValidatingAdmissionPolicy");
const bindings = admission("validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding");

const containers = [{ name: "a", image: "one:1" }];

async function makeDeployment(name: string): Promise<void> {
  const labels = { app: name };
  await app.kube.create(deployments, {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { namespace, name },
    spec: {
      replicas: 0,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers } },
    },
  } as KubeObject);
}

const ref = (plural: string, name: string, group: string) => ({
  type: { group, version: "v1", plural },
  namespace,
  name,
});

function act(mutation: string, variables: object) {
  return app.graphql(`mutation($ref: ObjectRef!) { ${mutation} }`, variables);
}

const result = "{ message changes { field before after } }";

test("a dry run says what would change, and changes nothing", async () => {
  await makeDeployment("tried");
  const key = { namespace, name: "tried" };
  const target = { ref: ref("deployments", "tried", "apps") };
  const before = await app.kube.get<UnknownObject>(deployments, key);
  const answers = await Promise.all(
    [
      `scaleWorkload(ref: $ref, replicas: 3, expected: 0, dryRun: true) ${result}`,
      `pauseRollout(ref: $ref, paused: true, dryRun: true) ${result}`,
      `restartWorkload(ref: $ref, dryRun: true) ${result}`,
    ].map(async (mutation) => Object.values((await act(mutation, target)).data ?? {})[0]),
  );
  expect(answers).toEqual([
    {
      message: 'Dry run: Deployment "tried" is scaled from 0 to 3.',
      changes: [{ field: "spec.replicas", before: "0", after: "3" }],
    },
    {
      message: expect.stringMatching(/^Dry run: /) as string,
      changes: [{ field: "spec.paused", before: null, after: "true" }],
    },
    {
      message: expect.stringMatching(/^Dry run: /) as string,
      changes: [
        {
          field: 'spec.template.metadata.annotations["kubectl.kubernetes.io/restartedAt"]',
          before: null,
          after: expect.stringMatching(/^20/) as string,
        },
      ],
    },
  ]);
  const patch = { metadata: { labels: { a: "b" } } };
  const patchAndDelete = `mutation($ref: ObjectRef!, $patch: JSON!) {
    patchObject(ref: $ref, patch: $patch, dryRun: true) deleteObject(ref: $ref, dryRun: true)
  }`;
  const { data } = await app.graphql(patchAndDelete, { ...target, patch });
  expect(data).toMatchObject({ patchObject: patch, deleteObject: true });
  const { spec, metadata } = await app.kube.get<UnknownObject>(deployments, key);
  expect(spec).toEqual(before.spec);
  expect(metadata.labels).toBeUndefined();
  expect(metadata.deletionTimestamp).toBeUndefined();
});

test("a policy's refusal of a scaling is told by the dry run", async () => {
  await makeDeployment("limited");
  const variables = { ref: ref("deployments", "limited", "apps") };
  const metadata = { name: `${namespace}-few` };
  const resourceRules = [
    { apiGroups: ["apps"], apiVersions: ["v1"], operations: ["UPDATE"], resources: ["deployments/scale"] },
  ];
  await app.kube.create(policies, {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: policies.kind,
    metadata,
    spec: {
      matchConstraints: { resourceRules },
      validations: [{ expression: "object.spec.replicas <= 2", message: "two are enough" }],
    },
  } as never);
  try {
    await app.kube.create(bindings, {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: bindings.kind,
      metadata,
      spec: {
        policyName: metadata.name,
        validationActions: ["Deny"],
        matchResources: { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } } },
      },
    } as never);
    const scale = (replicas: number) =>
      act(`scaleWorkload(ref: $ref, replicas: ${replicas}, dryRun: true) ${result}`, variables);
    // The API server takes a new policy up by its own watch.
    await vi.waitFor(async () => expect((await scale(3)).errors?.[0]?.message).toContain("two are enough"), {
      timeout: 30_000,
      interval: 200,
    });
    expect((await scale(2)).errors).toBeUndefined();
  } finally {
    await app.kube.delete(bindings, metadata);
    await app.kube.delete(policies, metadata);
  }
});

test("a quota's refusal of a run by hand is told by the dry run", async () => {
  const jobTemplate = { spec: { template: { spec: { restartPolicy: "Never", containers } } } };
  const metadata = { namespace, name: "nightly" };
  const spec = { schedule: "0 0 1 1 *", suspend: true, jobTemplate };
  await app.kube.create(cronJobs, { apiVersion: "batch/v1", kind: "CronJob", metadata, spec } as KubeObject);
  const quota = { metadata: { namespace, name: "none" }, spec: { hard: { "count/jobs.batch": "0" } } };
  await app.kube.create(resourceQuotas, { apiVersion: "v1", kind: "ResourceQuota", ...quota });
  const trigger = () =>
    app.graphql(
      `mutation { triggerCronJob(namespace: "${namespace}", name: "nightly", dryRun: true) { message } }`,
    );
  await vi.waitFor(async () => expect((await trigger()).errors?.[0]?.message).toContain("exceeded quota"), {
    timeout: 30_000,
    interval: 200,
  });
  expect((await app.kube.list(jobs, { namespace })).items).toEqual([]);
});
