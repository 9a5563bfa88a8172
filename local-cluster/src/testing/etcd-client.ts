import { readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { text } from "node:stream/consumers";
import { layoutOf } from "../control-plane/layout.ts";
import type { TestControlPlane } from "./control-plane.ts";

/** Asks etcd itself, with the certificate of the API server, through its own gateway from HTTP to gRPC. */
export async function askEtcd<T>(
  { ports, dataDir }: Pick<TestControlPlane, "ports" | "dataDir">,
  path: string,
  question: object,
): Promise<T> {
  const { pki } = layoutOf(dataDir);
  const [ca, cert, key] = await Promise.all(
    ["etcd-ca.crt", "etcd-client.crt", "etcd-client.key"].map((file) => readFile(`${pki}/${file}`)),
  );
  const options = { host: "127.0.0.1", port: ports.etcd, path, method: "POST", ca, cert, key, agent: false };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(options, resolve).once("error", reject).end(JSON.stringify(question));
  });
  const body = await text(answer);
  if (answer.statusCode !== 200) throw new Error(`etcd answers ${answer.statusCode} to ${path}: ${body}`);
  return JSON.parse(body) as T;
}

/** Makes etcd forget every state before the present one, as the API server asks it to every five minutes; returns its revision. */
export async function compactEtcd(
  controlPlane: Pick<TestControlPlane, "ports" | "dataDir">,
): Promise<string> {
  const anyKey = { key: Buffer.from([0]).toString("base64"), limit: "1", keys_only: true };
  const { header } = await askEtcd<{ header: { revision: string } }>(controlPlane, "/v3/kv/range", anyKey);
  await askEtcd(controlPlane, "/v3/kv/compaction", { revision: header.revision, physical: true });
  return header.revision;
}
