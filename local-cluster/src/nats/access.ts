import type { NatsAccess } from "@kyma/eventing/nats.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { rename, writeFile } from "node:fs/promises";
import type { NatsPasswords, NatsUser } from "./users.ts";

export function natsAccess(port: number, passwords: NatsPasswords, user: NatsUser): NatsAccess {
  return { url: `nats://127.0.0.1:${port}`, user, password: passwords[user] };
}

/** For a process beside the cluster. */
export async function writeNatsAccess(file: string, access: NatsAccess): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(access), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** For pods: a Secret that becomes their environment. Pure. */
export function natsSecret({ url, user, password }: NatsAccess): KubeObject {
  const data = { NATS_URL: url, NATS_USER: user, NATS_PASSWORD: password };
  const encoded = Object.entries(data).map(([key, text]) => [key, Buffer.from(text).toString("base64")]);
  const metadata = { name: `${user}-nats`, namespace: "kyma-system" };
  const secret = { apiVersion: "v1", kind: "Secret", metadata, type: "Opaque" };
  return { ...secret, data: Object.fromEntries(encoded) as Record<string, string> } as KubeObject;
}
