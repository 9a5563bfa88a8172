import {
  createAuthority,
  issueCertificate,
  type KeyPair,
} from "@kyma/local-cluster/certificates/authority.ts";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import * as https from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { pino } from "pino";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { ProxiedServer } from "./proxied-server.ts";

const pairs: Record<string, KeyPair> = {};
beforeAll(async () => {
  const [ca, other] = await Promise.all([createAuthority("front-proxy-ca"), createAuthority("other-ca")]);
  const client = (authority: KeyPair, name: string): Promise<KeyPair> =>
    issueCertificate(authority, { name, usages: ["client"] });
  const server = (): Promise<KeyPair> =>
    issueCertificate(other, { name: "api", usages: ["server"], addresses: ["127.0.0.1"] });
  const [proxy, stranger, foreign, serving, renewed] = await Promise.all([
    client(ca, "front-proxy-client"),
    client(ca, "somebody"),
    client(other, "front-proxy-client"),
    server(),
    server(),
  ]);
  Object.assign(pairs, { ca, other, proxy, stranger, foreign, serving, renewed });
}, 60_000);

interface Served {
  server: ProxiedServer;
  write: (pair: KeyPair) => Promise<void>;
  /** Whether who has this certificate is let in, and with which certificate the server answered. */
  ask: (pair?: KeyPair) => Promise<{ isProxied: boolean; serial: string }>;
}

async function serve(): Promise<Served> {
  const dir = await mkdtemp(join(tmpdir(), "kyma-proxied-"));
  const files = { certFile: join(dir, "tls.crt"), keyFile: join(dir, "tls.key") };
  const write = async (pair: KeyPair): Promise<void> => {
    await writeFile(files.keyFile, pair.privateKey);
    await writeFile(files.certFile, pair.certificate);
  };
  await write(pairs["serving"]!);
  const log = pino({ level: "silent" });
  const server = new ProxiedServer(
    files,
    (_, response, isProxied) => response.writeHead(isProxied ? 200 : 401).end(),
    log,
    { lookEveryMs: 20 },
  );
  const port = await server.listen("127.0.0.1", 0);
  onTestFinished(async () => {
    await server.close();
    await rm(dir, { recursive: true });
  });
  const ask: Served["ask"] = (pair) =>
    new Promise((resolve, reject) => {
      const identity = pair ? { cert: pair.certificate, key: pair.privateKey } : {};
      https
        .get({ host: "127.0.0.1", port, agent: false, rejectUnauthorized: false, ...identity }, (answer) => {
          const { serialNumber } = (answer.socket as TLSSocket).getPeerCertificate();
          resolve({ isProxied: answer.resume().statusCode === 200, serial: serialNumber });
        })
        .once("error", reject);
    });
  return { server, write, ask };
}

test("before it knows whom to trust, it trusts nobody", async () => {
  const { ask } = await serve();
  for (const pair of [undefined, pairs["proxy"], pairs["foreign"]])
    expect((await ask(pair)).isProxied).toBe(false);
});

test("it takes a certificate of the right authority under the right name alone", async () => {
  const { server, ask } = await serve();
  const { ca, other } = pairs;
  server.trust({ authority: ca!.certificate, names: ["front-proxy-client"] });
  expect((await ask(pairs["proxy"])).isProxied).toBe(true);
  for (const pair of [undefined, pairs["stranger"], pairs["foreign"]])
    expect((await ask(pair)).isProxied).toBe(false);
  server.trust({ authority: ca!.certificate, names: [] });
  expect((await ask(pairs["stranger"])).isProxied).toBe(true);
  server.trust({ authority: other!.certificate, names: ["front-proxy-client"] });
  expect((await ask(pairs["proxy"])).isProxied).toBe(false);
  expect((await ask(pairs["foreign"])).isProxied).toBe(true);
  server.trust(undefined);
  expect((await ask(pairs["foreign"])).isProxied).toBe(false);
});

test("a renewed certificate is taken up, a broken one is not", async () => {
  const { server, write, ask } = await serve();
  server.trust({ authority: pairs["ca"]!.certificate, names: [] });
  const { serial } = await ask(pairs["proxy"]);
  await write({ certificate: "broken", privateKey: "broken" });
  expect(await ask(pairs["proxy"])).toEqual({ isProxied: true, serial });
  await write(pairs["renewed"]!);
  await expect.poll(async () => (await ask(pairs["proxy"])).serial, { timeout: 10_000 }).not.toBe(serial);
  expect((await ask(pairs["proxy"])).isProxied).toBe(true);
});
