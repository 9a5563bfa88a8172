import type { HttpContent } from "@kyma/eventing/cloud-event.ts";
import type { IncomingMessage } from "node:http";
import type { AcknowledgedPublisher } from "./acknowledged.ts";
import { type Answer, jsonAnswer, Refusal, textAnswer } from "./answer.ts";
import { legacyAnswer, legacyMessages, readLegacyEvent } from "./legacy.ts";
import type { GatewayMetrics } from "./metrics.ts";
import { type EventMessage, readMessages } from "./publish.ts";
import type { RequestBodies } from "./request-body.ts";
import { headersOf } from "./request-headers.ts";
import type { Route, ServerParts } from "./server.ts";
import type { ApplicationNames } from "./sources.ts";
import { subscribedEvents } from "./subscribed.ts";
import type { Subscriptions } from "./subscriptions.ts";
import { addTraceContext } from "./trace-context.ts";

export interface RouteParts {
  bodies: RequestBodies;
  publisher: AcknowledgedPublisher;
  names: Pick<ApplicationNames, "problem" | "nameOf">;
  subscriptions: Pick<Subscriptions, "list">;
  metrics: GatewayMetrics;
  /** Why nothing can be accepted just now. */
  unreadyReason: () => string | undefined;
}

/** What the gateway answers, by path. */
export function eventRoutes(parts: RouteParts): ServerParts["find"] {
  const fixed = new Map(fixedRoutes(parts).map((route) => [route.path, { route, application: "" }]));
  const legacy = legacyRoute(parts);
  const subscribed = subscribedRoute(parts);
  return (path) => {
    const found = fixed.get(path);
    if (found) return found;
    const [, application, isSubscribed] = /^\/([^/]+)\/v1\/events(\/subscribed)?$/.exec(path) ?? [];
    if (application === undefined) return undefined;
    return { route: isSubscribed ? subscribed : legacy, application: decoded(application) };
  };
}

function fixedRoutes(parts: RouteParts): Route[] {
  const probe = (path: string, reason: () => string | undefined): Route => ({
    method: "GET",
    path,
    handle: () => {
      const problem = reason();
      return problem === undefined ? textAnswer(200, "ok") : textAnswer(500, problem);
    },
  });
  return [
    { method: "POST", path: "/publish", handle: (request) => publishEvents(parts, request) },
    probe("/healthz", () =>
      parts.publisher.closed ? "the connection to NATS was closed for good" : undefined,
    ),
    probe("/readyz", parts.unreadyReason),
  ];
}

async function publishEvents(parts: RouteParts, request: IncomingMessage): Promise<Answer> {
  const headers = headersOf(request.rawHeaders);
  return withBody(parts, request, headers, async (body) => {
    await publishAll(parts, readMessages({ headers, body }, parts.names.nameOf));
    return { status: 204 };
  });
}

async function publishAll({ publisher, metrics }: RouteParts, messages: EventMessage[]): Promise<void> {
  const began = performance.now();
  let code = 204;
  try {
    const [only] = messages;
    if (messages.length === 1 && only) await publisher.publish(only);
    else await Promise.all(messages.map((message) => publisher.publish(message)));
  } catch (error) {
    code = error instanceof Refusal ? error.status : 500;
    throw error;
  } finally {
    metrics.observeBackend(code, performance.now() - began);
  }
  for (const { type, source } of messages) metrics.countEvent(type, source);
}

function legacyRoute(parts: RouteParts): Route {
  return {
    method: "POST",
    path: "/{application}/v1/events",
    refuse: legacyAnswer,
    handle: (request, application) => {
      const headers = headersOf(request.rawHeaders);
      return withBody(parts, request, headers, async (body) => {
        const event = readLegacyEvent(body);
        const { nameOf } = parts.names;
        await publishAll(
          parts,
          legacyMessages(event, application, nameOf, (made) => addTraceContext(made, headers)),
        );
        return jsonAnswer(200, { "event-id": event.id, status: "", reason: "" });
      });
    },
  };
}

function subscribedRoute({ subscriptions }: RouteParts): Route {
  return {
    method: "GET",
    path: "/{application}/v1/events/subscribed",
    handle: (_, application) => {
      const known = subscriptions.list();
      if (known) return jsonAnswer(200, { eventsInfo: subscribedEvents(known, application) });
      return jsonAnswer(500, { code: 500, error: "the Subscriptions of the cluster cannot be read" });
    },
  };
}

async function withBody(
  { bodies, names }: RouteParts,
  request: IncomingMessage,
  headers: HttpContent["headers"],
  use: (body: Buffer) => Promise<Answer>,
): Promise<Answer> {
  if (headers["content-encoding"] !== undefined)
    throw new Refusal(415, "the body must not be compressed: send it without Content-Encoding");
  const body = await bodies.read(request);
  try {
    if (names.problem !== undefined) throw new Refusal(503, `${names.problem}: send the event again later`);
    return await use(body);
  } finally {
    bodies.release(body);
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
