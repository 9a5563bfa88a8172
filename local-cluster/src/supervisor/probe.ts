import { readFile } from "node:fs/promises";
import { request as requestHttp } from "node:http";
import { type RequestOptions, request as requestHttps } from "node:https";

/** Resolves when a process does its work; rejects with a sentence that says what it answered instead. */
export type Probe = (timeoutMs: number) => Promise<void>;

/** Asks a path of a TLS server on loopback. `ca` is a file, `pair` a certificate and key without their endings. */
export function httpsProbe(port: number, path: string, files: { ca: string; pair?: string }): Probe {
  return async (timeoutMs) => {
    const [ca, cert, key] = await Promise.all([
      readFile(files.ca),
      files.pair && readFile(`${files.pair}.crt`),
      files.pair && readFile(`${files.pair}.key`),
    ]);
    await ask(requestHttps, { port, path, ca, ...(cert && key ? { cert, key } : {}) }, timeoutMs);
  };
}

/** Asks a path of a plain HTTP server on loopback. */
export function httpProbe(port: number, path: string): Probe {
  return (timeoutMs) => ask(requestHttp, { port, path }, timeoutMs);
}

async function ask(request: typeof requestHttps, options: RequestOptions, timeoutMs: number): Promise<void> {
  const signal = AbortSignal.timeout(timeoutMs);
  await new Promise<void>((resolve, reject) => {
    const call = request({ host: "127.0.0.1", agent: false, signal, ...options }, (response) => {
      response.resume();
      if (response.statusCode === 200) resolve();
      else reject(new Error(`${options.path} answers ${response.statusCode}`));
    });
    call.once("error", (cause) => {
      reject(new Error(signal.aborted ? `no answer within ${timeoutMs} ms` : cause.message, { cause }));
    });
    call.end();
  });
}

/** Asks again and again until a probe succeeds. Rejects with its last reason after `limitMs`, or when `signal` aborts. */
export async function untilReady(probe: Probe, limitMs: number, signal?: AbortSignal): Promise<void> {
  const end = Date.now() + limitMs;
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await probe(2000);
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
