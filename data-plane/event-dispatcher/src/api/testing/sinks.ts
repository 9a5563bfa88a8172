import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface SinkCall {
  headers: IncomingHttpHeaders;
  body: string;
}
export interface TestSink {
  /** What it answers from now on. */
  answer: { status: number; body: string };
  calls: SinkCall[];
  /** It answers when this has settled. */
  hold?: Promise<void>;
}

/** Sinks by host name, behind the proxy through which a dispatcher reaches Services. */
export interface TestSinks {
  proxyUrl: string;
  /** The sink of a host, made when first asked for; it answers 200. */
  of(host: string): TestSink;
  stop(): Promise<void>;
}

export async function startSinks(): Promise<TestSinks> {
  const sinks = new Map<string, TestSink>();
  const of = (host: string): TestSink => {
    const sink = sinks.get(host) ?? { answer: { status: 200, body: "" }, calls: [] };
    sinks.set(host, sink);
    return sink;
  };
  const server = createServer((request, response) => {
    void (async () => {
      const body = await text(request);
      const sink = of(new URL(request.url ?? "/", "http://none").hostname);
      sink.calls.push({ headers: request.headers, body });
      await sink.hold;
      response.writeHead(sink.answer.status).end(sink.answer.body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { proxyUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, of, stop };
}
