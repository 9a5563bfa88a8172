import type { NatsAccess } from "@kyma/eventing/nats.ts";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Layout, layoutOf } from "../control-plane/layout.ts";
import { natsProcess } from "../nats/process.ts";
import { ensurePasswords, type NatsPasswords, type NatsUser } from "../nats/users.ts";
import { findFreePorts } from "../supervisor/ports.ts";
import { resolveTools } from "../tools/resolve.ts";
import { TestProcess } from "./control-plane.ts";

export interface ClusteredServer {
  process: TestProcess;
  /** Where its part of the streams is. */
  storeDir: string;
}

/** Real nats-servers that keep streams together, as NATS's own chart runs them. */
export interface TestNatsCluster {
  servers: ClusteredServer[];
  /** Names all servers. */
  access(user: NatsUser): NatsAccess;
  /** Kills them and removes their folders. */
  stop(): Promise<void>;
}

/** None of them waits for the disk: that an event is on most of them is what keeps it. */
export async function startNatsCluster(size = 3): Promise<TestNatsCluster> {
  const directory = await mkdtemp(join(tmpdir(), "kyma-test-nats-cluster-"));
  const passwords = await ensurePasswords(join(directory, "passwords.json"));
  const ports = await findFreePorts(2 * size);
  const [clientPorts, routePorts] = [ports.slice(0, size), ports.slice(size)];
  const servers = await Promise.all(
    clientPorts.map((port, index) =>
      clusteredServer(layoutOf(join(directory, String(index))), { port, index, routePorts, passwords }),
    ),
  );
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map(({ process }) => process.kill()));
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await Promise.all(servers.map(({ process }) => process.start()));
    await Promise.all(servers.map(({ process }) => process.ready()));
  } catch (error) {
    await stop();
    throw error;
  }
  const url = clientPorts.map((port) => `nats://127.0.0.1:${port}`).join(",");
  return { servers, stop, access: (user) => ({ url, user, password: passwords[user] }) };
}

interface Place {
  port: number;
  index: number;
  routePorts: readonly number[];
  passwords: NatsPasswords;
}

/** The local cluster's server, with the others as its peers. */
async function clusteredServer(
  layout: Layout,
  { port, index, routePorts, passwords }: Place,
): Promise<ClusteredServer> {
  await Promise.all([layout.pki, layout.logs].map((dir) => mkdir(dir, { recursive: true })));
  const settings = { port, passwords, unsafeNoSync: true };
  const definition = await natsProcess(await resolveTools(), layout, settings);
  const file = join(layout.pki, "nats-server.json");
  const own = JSON.parse(await readFile(file, "utf8")) as object;
  const cluster = {
    name: "eventing",
    listen: `127.0.0.1:${routePorts[index]}`,
    routes: routePorts.map((one) => `nats-route://127.0.0.1:${one}`),
  };
  const all = { ...own, server_name: `eventing-nats-${index}`, cluster };
  await writeFile(file, JSON.stringify(all), { mode: 0o600 });
  return { process: new TestProcess(definition), storeDir: layout.nats };
}
