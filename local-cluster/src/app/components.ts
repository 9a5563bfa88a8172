import { join } from "node:path";
import { kubeconfigPath, type Layout } from "../control-plane/layout.ts";
import type { Command } from "../supervisor/child.ts";
import { httpProbe } from "../supervisor/probe.ts";
import type { Component } from "../supervisor/supervised.ts";
import { cacheHome } from "../tools/cache.ts";
import type { ClusterPorts } from "./ports.ts";

/** The checkout. */
export const root = join(import.meta.dirname, "../../..");

/** The built console. */
export const staticDir = join(root, "frontend/dist");

/** Runs pods as local processes and serves the kubelet API. */
export function nodeAgent(layout: Layout, ports: ClusterPorts): Component {
  const pki = (file: string): string => join(layout.pki, file);
  return component(layout, "node-agent", "local-cluster/src/node-agent/main.ts", ports.nodeAgentAdmin, {
    kubeconfig: kubeconfigPath(layout, "node"),
    "data-dir": layout.node,
    "node-name": "local",
    "kubelet-port": ports.kubelet,
    "tls-cert": pki("kubelet.crt"),
    "tls-key": pki("kubelet.key"),
    "client-ca": pki("kubelet-client-ca.crt"),
    "egress-socket": layout.egressSocket,
    "proxy-url": `http://127.0.0.1:${ports.inCluster}`,
    "admin-port": ports.nodeAgentAdmin,
    "metrics-cert": pki("node-metrics.crt"),
    "metrics-key": pki("node-metrics.key"),
    "front-proxy-ca": pki("front-proxy-ca.crt"),
  });
}

/** Routes requests to exposed Functions and Services, and those between local processes. */
export function gateway(layout: Layout, ports: ClusterPorts, edgePort: number): Component {
  return component(layout, "gateway", "local-cluster/src/gateway/main.ts", ports.gatewayAdmin, {
    kubeconfig: kubeconfigPath(layout, "gateway"),
    "edge-port": edgePort,
    "in-cluster-port": ports.inCluster,
    "admin-port": ports.gatewayAdmin,
  });
}

/** Turns Functions, APIRules and Subscriptions into Deployments, Services, routes and consumers of events. */
export function controllers(
  layout: Layout,
  adminPort: number,
  access: { kubeconfig: string; context?: string; "nats-access"?: string },
): Component {
  return component(layout, "controllers", "backend-controllers/src/app/main.ts", adminPort, {
    ...access,
    "admin-port": adminPort,
  });
}

/** The console's server. */
export function consoleServer(
  layout: Layout,
  port: number,
  options: { kubeconfig: string; context?: string } & Record<string, string | undefined>,
): Component {
  return component(
    layout,
    "bff",
    "bff/src/app/main.ts",
    port,
    {
      port,
      "sign-in-file": layout.consoleUrl,
      "session-file": join(layout.run, "sessions.json"),
      "static-dir": staticDir,
      ...options,
    },
    "/healthz",
  );
}

// Small heaps: nine of ten requests need little, and young-generation pages are the larger part of an idle process.
const nodeFlags = ["--disable-warning=ExperimentalWarning", "--max-semi-space-size=2"];

function component(
  layout: Layout,
  name: string,
  entry: string,
  adminPort: number,
  options: Record<string, string | number | undefined>,
  path = "/readyz",
): Component {
  const command: Command = {
    name,
    file: process.execPath,
    arguments: [
      ...nodeFlags,
      join(root, entry),
      ...Object.entries(options).flatMap(([option, value]) =>
        value === undefined ? [] : [`--${option}`, String(value)],
      ),
    ],
    environment: { NODE_COMPILE_CACHE: join(cacheHome(), "node-compile-cache"), NODE_ENV: "production" },
    logFile: join(layout.logs, `${name}.log`),
    signalOnParentDeath: "TERM",
  };
  return { command, ready: httpProbe(adminPort, path), startLimitMs: 60_000, stopGraceMs: 20_000 };
}
