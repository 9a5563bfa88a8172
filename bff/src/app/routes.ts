import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Caller } from "../graphql/context.ts";

export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
}

interface RouteBase {
  /** The whole path; one that ends with / is all that begins with it. */
  path: string;
  /** Any other is a 405. */
  methods: readonly string[];
}

/** A path that tells something of the cluster: without a session it is a 401, from a foreign page a 403. */
interface SessionRoute extends RouteBase {
  access: "session";
  answer(exchange: Exchange & { caller: Caller }): Promise<void> | void;
}

/** A path for everybody: how to sign in. */
interface PublicRoute extends RouteBase {
  access: "public";
  answer(exchange: Exchange): Promise<void> | void;
}

/**
 * Every path that is no file. Who adds a route adds it to this table: the checks of host, origin, method and session are made before
 * `answer` is called, and the attack tests go through the table.
 */
export type Route = SessionRoute | PublicRoute;

/** A path that takes WebSockets: host, origin and session have been checked. */
export interface SocketRoute {
  path: string;
  accept(socket: { request: IncomingMessage; socket: Duplex; head: Buffer; caller: Caller; url: URL }): void;
}

/** The route of a path, whatever the method. */
export function findRoute<T extends { path: string }>(routes: readonly T[], path: string): T | undefined {
  return routes.find((route) =>
    route.path.endsWith("/") ? path.startsWith(route.path) : path === route.path,
  );
}
