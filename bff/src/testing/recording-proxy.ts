import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import { mkdtemp, writeFile } from "node:fs/promises";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Recorded {
  method: string;
  /** As it stood in the request line. */
  path: string;
  headers: http.IncomingHttpHeaders;
}

/** An API server that writes down what it is asked, and hands it on to the real one as its admin. */
export interface RecordingApiServer extends AsyncDisposable {
  kubeconfig: string;
  requests: Recorded[];
}

export async function startRecordingApiServer(kubeconfig: string): Promise<RecordingApiServer> {
  const kube = new KubeClient(connect(loadKubeConfig(kubeconfig)));
  const requests: Recorded[] = [];
  const server = http.createServer((request, response) => {
    const path = request.url ?? "";
    requests.push({ method: request.method ?? "", path, headers: request.headers });
    void relay(kube, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const file = join(await mkdtemp(join(tmpdir(), "kyma-recorded-")), "kubeconfig");
  const { port } = server.address() as AddressInfo;
  const config = {
    "current-context": "recorded",
    contexts: [{ name: "recorded", context: { cluster: "recorded", user: "recorded" } }],
    clusters: [{ name: "recorded", cluster: { server: `http://127.0.0.1:${port}` } }],
    users: [{ name: "recorded", user: { token: "recorded-token" } }],
  };
  await writeFile(file, JSON.stringify(config), { mode: 0o600 });
  return {
    kubeconfig: file,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      kube.connection.close();
    },
  };
}

async function relay(
  kube: KubeClient,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const stop = new AbortController();
  response.once("close", () => stop.abort());
  const { accept, "content-type": type } = request.headers;
  const answer = await kube.raw(request.url ?? "", {
    method: request.method ?? "GET",
    headers: { ...(accept ? { accept } : {}), ...(type ? { "content-type": type } : {}) },
    ...(chunks.length ? { body: Buffer.concat(chunks) } : {}),
    stream: true,
    signal: stop.signal,
  });
  response.writeHead(answer.status, { "content-type": answer.headers["content-type"] ?? "application/json" });
  answer.body.pipe(response);
}
