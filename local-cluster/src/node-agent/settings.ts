import { parseArgs } from "node:util";
import type { AgentSettings } from "./agent.ts";
import type { IsolationMode } from "./isolation/mode.ts";

const modes: readonly string[] = ["root", "user", "directories"] satisfies IsolationMode[];

const text = { type: "string" } as const;
const flags = {
  kubeconfig: text,
  "data-dir": text,
  "node-name": { ...text, default: "local" },
  "kubelet-port": text,
  "tls-cert": text,
  "tls-key": text,
  "client-ca": text,
  "egress-socket": text,
  "proxy-url": { ...text, default: "" },
  "admin-port": text,
  "metrics-cert": text,
  "metrics-key": text,
  "front-proxy-ca": text,
  isolation: text,
} as const;

/** Reads the command line. Throws one sentence that names what is wrong. */
export function parseSettings(args: string[]): AgentSettings {
  const { values } = parseArgs({ args, options: flags });
  const needed = (name: keyof typeof values): string => {
    const value = values[name];
    if (!value) throw new Error(`--${name} is missing`);
    return value;
  };
  const port = (name: "kubelet-port" | "admin-port"): number => {
    const value = Number(needed(name));
    if (!Number.isInteger(value) || value < 1 || value > 65_535)
      throw new Error(`--${name} must be a port, not "${values[name]}"`);
    return value;
  };
  if (values.isolation && !modes.includes(values.isolation))
    throw new Error(`--isolation must be one of ${modes.join(", ")}`);
  return {
    kubeconfig: needed("kubeconfig"),
    dataDir: needed("data-dir"),
    nodeName: needed("node-name"),
    kubeletPort: port("kubelet-port"),
    tlsCert: needed("tls-cert"),
    tlsKey: needed("tls-key"),
    clientCa: needed("client-ca"),
    egressSocket: needed("egress-socket"),
    proxyUrl: values["proxy-url"],
    adminPort: port("admin-port"),
    ...metricsFiles(values["metrics-cert"], values["metrics-key"], values["front-proxy-ca"]),
    ...(values.isolation ? { isolation: values.isolation as IsolationMode } : {}),
  };
}

function metricsFiles(cert?: string, key?: string, frontProxyCa?: string): Pick<AgentSettings, "metrics"> {
  if (!cert && !key && !frontProxyCa) return {};
  if (!cert || !key || !frontProxyCa)
    throw new Error("--metrics-cert, --metrics-key and --front-proxy-ca belong together");
  return { metrics: { cert, key, frontProxyCa } };
}
