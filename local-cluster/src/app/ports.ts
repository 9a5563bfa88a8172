import { readFile, rename, writeFile } from "node:fs/promises";
import type { ControlPlanePorts } from "../control-plane/arguments.ts";
import { findFreePorts, isPortFree } from "../supervisor/ports.ts";

/** Every loopback port that is not chosen by the person. */
export interface ClusterPorts extends ControlPlanePorts {
  kubelet: number;
  nodeAgentAdmin: number;
  inCluster: number;
  gatewayAdmin: number;
  controllersAdmin: number;
  nats: number;
}

const names = [
  "etcd",
  "etcdPeer",
  "apiserver",
  "controllerManager",
  "scheduler",
  "kubelet",
  "nodeAgentAdmin",
  "inCluster",
  "gatewayAdmin",
  "controllersAdmin",
  "nats",
] as const satisfies (keyof ClusterPorts)[];

/** The ports of the last start where they are still free, else new ones; remembered in `file`. */
export async function choosePorts(file: string): Promise<ClusterPorts> {
  const known = await readPorts(file);
  const usable = await Promise.all(
    names.map(async (name) => known[name] !== undefined && (await isPortFree(known[name]))),
  );
  const kept = names.filter((_, index) => usable[index]);
  const fresh = await findFreePorts(names.length);
  const ports = Object.fromEntries(
    names.map((name, index) => [name, kept.includes(name) ? known[name] : fresh[index]]),
  ) as Record<(typeof names)[number], number>;
  await writeFile(`${file}.new`, JSON.stringify(ports));
  await rename(`${file}.new`, file);
  return ports;
}

/** Throws a sentence when somebody listens on a port that the person chose. */
export async function checkPort(option: string, port: number): Promise<void> {
  if (await isPortFree(port)) return;
  throw new Error(
    `Port ${port} of 127.0.0.1 is in use. End the program that listens there, or choose another port with ${option}.`,
  );
}

async function readPorts(file: string): Promise<Partial<ClusterPorts>> {
  try {
    const ports = JSON.parse(await readFile(file, "utf8")) as Partial<ClusterPorts>;
    return Object.fromEntries(Object.entries(ports).filter(([, port]) => Number.isInteger(port)));
  } catch {
    return {};
  }
}
