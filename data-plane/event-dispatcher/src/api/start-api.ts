import { Informer } from "@kyma/kube/informer.ts";
import { configMaps } from "@kyma/kube/resource-types.ts";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { answerRequest, Watches } from "./answer-request.ts";
import { AttemptFeed } from "./attempt-feed.ts";
import { DeadLetterStore } from "./dead-letter-store.ts";
import { EventFeed } from "./event-feed.ts";
import { ApiFailure } from "./failure.ts";
import { frontProxyConfig, readFrontProxy } from "./front-proxy.ts";
import { natsFailure, NatsLink } from "./nats-link.ts";
import type { ApiParts, RunningApi, ServedSubscription } from "./parts.ts";
import { ProxiedServer } from "./proxied-server.ts";
import { Replays } from "./replay.ts";
import { attemptsResource } from "./resource-attempts.ts";
import { deadLettersResource } from "./resource-dead-letters.ts";
import { deliveriesResource } from "./resource-deliveries.ts";
import { eventsResource } from "./resource-events.ts";
import { streamsResource } from "./resource-streams.ts";
import type { Resource } from "./resource.ts";

/** How long replays may take when the process is asked to end, ms. */
const replayGraceMs = 20_000;

/**
 * Serves delivery.eventing.kyma-project.io to the API server's aggregation layer, which has decided who may do what: nobody but it is let in,
 * and nobody at all before the ConfigMap with its authority has been read. Answers with 503 while NATS is away. Rejects when it cannot
 * listen or its certificate cannot be read.
 */
export async function startApi<S extends ServedSubscription>(parts: ApiParts<S>): Promise<RunningApi> {
  const { log } = parts;
  const attempts = new AttemptFeed();
  const events = new EventFeed();
  const watches = new Watches();
  const link = new NatsLink(parts.nats, log, (connection) => {
    attempts.connect(connection, log);
    events.connect(connection, log);
  });
  const store = new DeadLetterStore(link);
  const replays = new Replays({ ...parts, link, store });
  const resources = [
    deliveriesResource({ ...parts, link, letters: store, attempts }),
    deadLettersResource(store, replays.subresource),
    attemptsResource(link, attempts),
    eventsResource(link, events),
    streamsResource(link),
  ];
  const server = new ProxiedServer(parts.tls, answering(resources, watches, log), log);
  const stop = new AbortController();
  followFrontProxy(parts, server, stop.signal);
  const close = async (): Promise<void> => {
    stop.abort();
    watches.endAll();
    await Promise.all([server.close(), replays.end(replayGraceMs)]);
    await link.close();
  };
  try {
    return { port: await server.listen(parts.listen.host, parts.listen.port), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function followFrontProxy(
  { client, log }: Pick<ApiParts, "client" | "log">,
  server: ProxiedServer,
  signal: AbortSignal,
): void {
  const informer = new Informer(client, configMaps, {
    namespace: frontProxyConfig.namespace,
    fieldSelector: `metadata.name=${frontProxyConfig.name}`,
    onError: (error) => log.warn({ err: error }, "the authority of the front proxy cannot be read"),
  });
  informer.onChange((config) => server.trust(config && readFrontProxy(config)));
  informer.start(signal);
}

function refused(): Promise<never> {
  return Promise.reject(new ApiFailure(401, "Unauthorized", "only the API server may hand requests on"));
}

const headers = {
  "content-type": "application/json",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
};

function answering(resources: readonly Resource[], watches: Watches, log: Logger) {
  return (request: IncomingMessage, response: ServerResponse, isProxied: boolean): void => {
    const answered = isProxied ? answerRequest(resources, watches, request, response) : refused();
    void answered.then(
      (answer) => answer && finish(request, response, answer, log),
      (error: unknown) => fail(request, response, error, log),
    );
  };
}

function finish(
  request: IncomingMessage,
  response: ServerResponse,
  { status, json }: { status: number; json: string },
  log: Logger,
): void {
  if (request.method !== "GET" && status < 300) {
    const { method, url } = request;
    log.info({ method, url, user: request.headers["x-remote-user"] }, "answered");
  }
  // What is left of a body that was refused is not waited for.
  const close = request.complete ? {} : { connection: "close" };
  response.writeHead(status, { ...headers, ...close, "content-length": Buffer.byteLength(json) }).end(json);
}

function fail(request: IncomingMessage, response: ServerResponse, error: unknown, log: Logger): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const failure = error instanceof ApiFailure ? error : (natsFailure(error) ?? unexpected(error, log));
  finish(request, response, { status: failure.status, json: JSON.stringify(failure.toStatus()) }, log);
}

function unexpected(error: unknown, log: Logger): ApiFailure {
  log.error({ err: error }, "a request failed");
  return new ApiFailure(500, "InternalError", "the request failed; the dispatcher's log says why");
}
