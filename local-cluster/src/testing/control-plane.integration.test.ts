import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";

const run = promisify(execFile);

test("the shared control plane answers kubectl and has our namespaces", async () => {
  const kubectl = join(inject("toolsDir"), "kubectl");
  const { stdout } = await run(kubectl, [
    "--kubeconfig",
    inject("kubeconfig"),
    "get",
    "namespaces",
    "-o",
    "name",
  ]);
  expect(stdout.split("\n")).toEqual(
    expect.arrayContaining(["namespace/kyma-system", "namespace/istio-system"]),
  );
});
