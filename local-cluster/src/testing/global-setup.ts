import type { TestProject } from "vitest/node";
import { dirname } from "node:path";
import { createProgress } from "../progress/progress.ts";
import { resolveTools } from "../tools/resolve.ts";
import { startControlPlane } from "./control-plane.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Path of a cluster-admin's kubeconfig for the control plane that all integration tests of this run share. */
    kubeconfig: string;
    /** Folder with etcd, kube-apiserver, kube-controller-manager, kube-scheduler and kubectl. */
    toolsDir: string;
  }
}

/** Starts the control plane of a test run and stops it after the last test. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const progress = createProgress(process.stderr);
  const tools = await resolveTools((detail) => progress.report("Control plane", detail)).finally(() =>
    progress.close(),
  );
  project.provide("toolsDir", dirname(tools.kubectl));
  // Several runs side by side (people at work on one machine) may share one control plane: each test has a namespace of its own.
  const running = process.env["KYMA_TEST_KUBECONFIG"];
  if (running) {
    project.provide("kubeconfig", running);
    return () => Promise.resolve();
  }
  const controlPlane = await startControlPlane();
  project.provide("kubeconfig", controlPlane.kubeconfig);
  return () => controlPlane.stop();
}
