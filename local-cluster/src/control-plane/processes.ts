import { join } from "node:path";
import type { Command } from "../supervisor/child.ts";
import type { Tools } from "../tools/cache.ts";
import {
  apiserverArguments,
  type ControlPlaneOptions,
  type ControlPlanePorts,
  controllerManagerArguments,
  etcdArguments,
  schedulerArguments,
} from "./arguments.ts";
import type { Layout } from "./layout.ts";
import { type Probe, httpsProbe } from "../supervisor/probe.ts";

export const controlPlaneNames = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
] as const;
export type ControlPlaneName = (typeof controlPlaneNames)[number];

/** A process of the control plane: how to run it and how to know that it does its work. */
export interface ControlPlaneProcess {
  command: Command;
  ready: Probe;
}

/** The four processes of the control plane, in the order in which each needs the one before. */
export function controlPlaneProcesses(
  tools: Tools,
  layout: Layout,
  ports: ControlPlanePorts,
  options: ControlPlaneOptions = {},
): Record<ControlPlaneName, ControlPlaneProcess> {
  const command = (name: ControlPlaneName, args: string[]): Command => ({
    name,
    file: tools[name],
    arguments: args,
    environment: goEnvironment,
    logFile: join(layout.logs, `${name}.log`),
    signalOnParentDeath: "KILL",
  });
  const pki = (name: string): string => join(layout.pki, name);
  return {
    etcd: {
      command: command("etcd", etcdArguments(layout, ports, options)),
      ready: httpsProbe(ports.etcd, "/health", { ca: pki("etcd-ca.crt"), pair: pki("etcd-client") }),
    },
    "kube-apiserver": {
      command: command("kube-apiserver", apiserverArguments(layout, ports, options)),
      ready: httpsProbe(ports.apiserver, "/readyz", { ca: pki("ca.crt"), pair: pki("admin") }),
    },
    "kube-controller-manager": {
      command: command("kube-controller-manager", controllerManagerArguments(layout, ports, options)),
      ready: httpsProbe(ports.controllerManager, "/healthz", { ca: pki("ca.crt") }),
    },
    "kube-scheduler": {
      command: command("kube-scheduler", schedulerArguments(layout, ports)),
      ready: httpsProbe(ports.scheduler, "/readyz", { ca: pki("ca.crt") }),
    },
  };
}

// A person's proxy settings must not send loopback traffic elsewhere.
const goEnvironment = {
  HTTP_PROXY: "",
  HTTPS_PROXY: "",
  http_proxy: "",
  https_proxy: "",
  NO_PROXY: "*",
  GOGC: "75",
};
