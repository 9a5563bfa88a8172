import type { KubeClient } from "@kyma/kube/client.ts";
import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { deployments, jobs, nodes, pods } from "@kyma/kube/resource-types.ts";
import type { Page } from "@playwright/test";
import { expect, test } from "../src/fixtures.ts";

const budgets: ResourceType = {
  group: "policy",
  version: "v1",
  plural: "poddisruptionbudgets",
  kind: "PodDisruptionBudget",
  namespaced: true,
};
const cronJobs: ResourceType = {
  group: "batch",
  version: "v1",
  plural: "cronjobs",
  kind: "CronJob",
  namespaced: true,
};
const image = "kyma.local/test-issuer:1";

interface Deployment extends UnknownObject {
  spec: { replicas: number; template: { metadata: { annotations?: Record<string, string> } } };
}

async function makeDeployment(client: KubeClient, namespace: string): Promise<Deployment> {
  const labels = { app: "shop" };
  const template = { metadata: { labels }, spec: { containers: [{ name: "shop", image }] } };
  return client.create<Deployment>(deployments, {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "shop", namespace, annotations: { "kubernetes.io/change-cause": "the first" } },
    spec: { replicas: 1, selector: { matchLabels: labels }, template },
  } as never);
}

async function act(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name, exact: true }).click();
}

/** The same, and what its dialog asks. */
async function actAndConfirm(page: Page, name: string, action = name): Promise<void> {
  await act(page, name);
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("The API server would accept this (dry run)")).toBeVisible();
  await dialog.getByRole("button", { name: action, exact: true }).click();
  await expect(dialog).toBeHidden();
}

const read = (client: KubeClient, namespace: string) =>
  client.get<Deployment>(deployments, { namespace, name: "shop" });

async function changeTemplate(client: KubeClient, namespace: string): Promise<void> {
  const env = [{ name: "COLOUR", value: "green" }];
  const patch = {
    metadata: { annotations: { "kubernetes.io/change-cause": "the second" } },
    spec: { template: { spec: { containers: [{ name: "shop", env }] } } },
  };
  await client.patch(deployments, { namespace, name: "shop" }, patch, { type: "strategic" });
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}

for (const width of [1440, 375]) {
  test(`a Deployment is restarted, scaled and rolled back with its difference, ${width} px`, async ({
    console: page,
    client,
    namespace,
  }) => {
    await page.setViewportSize({ width, height: 812 });
    const first = await makeDeployment(client, namespace);
    await page.goto(`/namespaces/${namespace}/resources/apps/v1/deployments/shop`);
    await expect(page.getByText('deployment "shop" successfully rolled out')).toBeVisible({
      timeout: 30_000,
    });
    await expect(page.getByRole("link", { name: /^shop-/ }).first()).toBeVisible();
    await expectNoSidewaysScroll(page);

    await actAndConfirm(page, "Restart");
    await expect(page.getByText('Deployment "shop" is being restarted.')).toBeVisible();
    const restarted = await read(client, namespace);
    expect(restarted.spec.template.metadata.annotations).toHaveProperty([
      "kubectl.kubernetes.io/restartedAt",
    ]);

    await act(page, "Scale");
    const scale = page.getByRole("dialog");
    await scale.getByRole("button", { name: "One more" }).click();
    await scale.getByRole("button", { name: "Scale" }).click();
    await expect(page.getByText('Deployment "shop" is scaled from 1 to 2.')).toBeVisible();

    await changeTemplate(client, namespace);
    await page.getByRole("tab", { name: "Revisions" }).click();
    await expect(page.getByText("the second")).toBeVisible({ timeout: 15_000 });
    await expectNoSidewaysScroll(page);
    await page.getByRole("button", { name: "Roll back to 1", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText("COLOUR").first()).toBeVisible({ timeout: 30_000 });
    await expect(dialog.getByText("The API server would accept this (dry run)")).toBeVisible();
    await expectNoSidewaysScroll(page);
    await dialog.getByRole("button", { name: "Roll back to 1" }).click();
    await expect(page.getByText('Deployment "shop" is rolled back to revision 1.')).toBeVisible();
    const back = await read(client, namespace);
    expect(back.spec.template).toEqual(first.spec.template);
    expect(back.spec.replicas).toBe(2);
  });
}

const admission = (plural: string, kind: string): ResourceType => ({
  group: "admissionregistration.k8s.io",
  version: "v1",
  plural,
  kind,
  namespaced: false,
});
const policies = admission("validatingadmissionpolicies", "ValidatingAdmissionPolicy");
const bindings = admission("validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding");

/** In this namespace nothing is scaled beyond two; returns how to take that back. */
async function forbidMoreThanTwo(client: KubeClient, namespace: string): Promise<() => Promise<void>> {
  const apiVersion = "admissionregistration.k8s.io/v1";
  const metadata = { name: `${namespace}-two` };
  const rule = {
    apiGroups: ["apps"],
    apiVersions: ["v1"],
    operations: ["UPDATE"],
    resources: ["deployments/scale"],
  };
  const validations = [{ expression: "object.spec.replicas <= 2", message: "two shops are enough" }];
  await client.create(policies, {
    apiVersion,
    kind: policies.kind,
    metadata,
    spec: { matchConstraints: { resourceRules: [rule] }, validations },
  } as never);
  const namespaceSelector = { matchLabels: { "kubernetes.io/metadata.name": namespace } };
  await client.create(bindings, {
    apiVersion,
    kind: bindings.kind,
    metadata,
    spec: {
      policyName: metadata.name,
      validationActions: ["Deny"],
      matchResources: { namespaceSelector },
    },
  } as never);
  return async () => {
    await client.delete(bindings, metadata);
    await client.delete(policies, metadata);
  };
}

/** Whether the API server has taken the policy up: it reads it by a watch of its own. */
async function isForbidden(client: KubeClient, namespace: string): Promise<boolean> {
  const scale = {
    apiVersion: "autoscaling/v1",
    kind: "Scale",
    metadata: { name: "shop", namespace },
    spec: { replicas: 3 },
  };
  const options = { subresource: "scale", dryRun: true };
  return client.replace(deployments, scale as never, options).then(
    () => false,
    () => true,
  );
}

test("a scaling that a policy refuses is told before anything is written, and the dialog keeps its input", async ({
  console: page,
  client,
  namespace,
}) => {
  await makeDeployment(client, namespace);
  const allow = await forbidMoreThanTwo(client, namespace);
  try {
    await expect.poll(() => isForbidden(client, namespace)).toBe(true);
    const { metadata } = await read(client, namespace);
    await page.goto(`/namespaces/${namespace}/resources/apps/v1/deployments/shop`);
    await act(page, "Scale");
    const dialog = page.getByRole("dialog");
    const replicas = dialog.getByRole("spinbutton", { name: "Replicas" });
    await replicas.fill("3");
    await expect(dialog.getByText("Replicas: 1 → 3.")).toBeVisible();
    await dialog.getByRole("button", { name: "Scale" }).click();
    await expect(dialog.getByText("The API server refuses this; nothing was changed")).toBeVisible();
    await expect(dialog.getByText(/two shops are enough/)).toBeVisible();
    await expect(replicas).toHaveValue("3");
    expect((await read(client, namespace)).metadata.generation).toBe(metadata.generation);
    await replicas.fill("2");
    await dialog.getByRole("button", { name: "Scale" }).click();
    await expect(page.getByText('Deployment "shop" is scaled from 1 to 2.')).toBeVisible();
  } finally {
    await allow();
  }
});

test("a CronJob is triggered by hand, and its Job shows in the history", async ({
  console: page,
  client,
  namespace,
}) => {
  const containers = [{ name: "run", image }];
  const jobTemplate = { spec: { template: { spec: { restartPolicy: "Never", containers } } } };
  await client.create(cronJobs, {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: "nightly", namespace },
    spec: { schedule: "30 3 * * 1-5", suspend: true, jobTemplate },
  } as never);
  await page.goto(`/namespaces/${namespace}/resources/batch/v1/cronjobs/nightly`);
  await expect(page.getByText("At 03:30 on Monday to Friday")).toBeVisible();
  await expect(page.getByText("none: it is suspended")).toBeVisible();
  await actAndConfirm(page, "Trigger now", "Trigger");
  await expect(page.getByText(/is triggered: Job "nightly-manual-/)).toBeVisible();
  const history = page.getByRole("grid", { name: "Jobs of this CronJob" });
  await expect(history.getByRole("link", { name: /^nightly-manual-/ })).toBeVisible();
  const { items } = await client.list(jobs, { namespace });
  expect(items[0]?.metadata.annotations).toMatchObject({ "cronjob.kubernetes.io/instantiate": "manual" });
  await act(page, "Resume");
  await expect(page.getByRole("dialog").getByText("spec.suspend: true → false")).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Resume" }).click();
  await expect(page.getByText("none: it is suspended")).toBeHidden();
});

/** A pod of a node that nobody runs: with no grace period the API server deletes it at once when it is evicted. */
async function makePodOn(client: KubeClient, node: string, namespace: string, name: string): Promise<void> {
  const containers = [{ name: "a", image }];
  await client.create(pods, {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels: { app: name } },
    spec: {
      nodeName: node,
      terminationGracePeriodSeconds: 0,
      tolerations: [{ operator: "Exists" }],
      containers,
    },
  } as never);
  const status = { phase: "Running", conditions: [{ type: "Ready", status: "True" }] };
  await client.patchStatus(pods, { namespace, name }, status, { manager: "e2e" });
}

test("a node is cordoned and drained; a budget holds one pod back until it is gone", async ({
  console: page,
  client,
  namespace,
}) => {
  const node = `${namespace}-node`;
  const taints = [{ key: "e2e", effect: "NoSchedule" }];
  await client.create(nodes, {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: node },
    spec: { taints },
  } as never);
  try {
    await makePodOn(client, node, namespace, "free");
    await makePodOn(client, node, namespace, "guarded");
    await client.create(budgets, {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name: "guard", namespace },
      spec: { maxUnavailable: 0, selector: { matchLabels: { app: "guarded" } } },
    } as never);
    await page.goto(`/cluster/core/v1/nodes/${node}`);
    await actAndConfirm(page, "Cordon");
    await expect(page.getByText("The node is cordoned")).toBeVisible();
    await act(page, "Drain");
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("button", { name: "Drain" })).toBeDisabled();
    await dialog.getByLabel("Evict them all the same").check();
    await dialog.getByRole("button", { name: "Drain" }).click();
    await expect(dialog.getByText(/violate the pod's disruption budget/)).toBeVisible({ timeout: 15_000 });
    await expect(dialog.getByText(/1 of 2 pods are gone/)).toBeVisible();
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await expect(page.getByText(`Draining ${node}`)).toBeVisible();
    await client.delete(budgets, { namespace, name: "guard" });
    await expect(page.getByText(/is drained: 2 of 2 pods are gone/).first()).toBeVisible({ timeout: 20_000 });
    expect((await client.list(pods, { namespace })).items).toEqual([]);
    await actAndConfirm(page, "Uncordon");
    await expect(page.getByText("The node is cordoned")).toBeHidden();
  } finally {
    await client.delete(nodes, { name: node });
  }
});
