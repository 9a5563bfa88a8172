import type { Logger } from "pino";
import { clearCookie } from "../auth/cookie.ts";
import { sessionOf } from "../auth/sessions.ts";
import type { GraphqlSockets } from "../graphql/socket.ts";
import type { GraphqlServer } from "../graphql/yoga.ts";
import { logExport } from "../logs/export.ts";
import { tableExport } from "../tables/export.ts";
import type { Tables } from "../tables/tables.ts";
import type { Terminals } from "../terminal/terminals.ts";
import { answerGraphql } from "./graphql-endpoint.ts";
import type { Metrics } from "./metrics.ts";
import { sendJson } from "./refusal.ts";
import type { Route, SocketRoute } from "./routes.ts";
import { findSession } from "./server.ts";
import { SignIn, type SignInParts } from "./sign-in.ts";

interface RouteParts extends SignInParts {
  graphql: GraphqlServer;
  metrics: Metrics;
  tables: Tables;
  downloadWaitMs: number | undefined;
  log: Logger;
}

/** Every path that is no file and no probe of health. */
export function consoleRoutes(parts: RouteParts): Route[] {
  return [...signInRoutes(parts), graphqlRoute(parts), ...readingRoutes(parts)];
}

function signInRoutes(parts: RouteParts): Route[] {
  const signIn = new SignIn(parts);
  return [
    {
      path: "/sign-in",
      methods: ["GET", "HEAD"],
      access: "public",
      answer: (exchange) => signIn.withLink(exchange, findSession(parts, exchange.request)),
    },
    {
      path: "/sign-in/token",
      methods: ["POST"],
      access: "public",
      answer: (exchange) => signIn.withToken(exchange, findSession(parts, exchange.request)),
    },
    {
      path: "/session",
      methods: ["GET", "HEAD"],
      access: "session",
      answer: ({ response, caller }) => sendJson(response, 200, { user: caller.user }),
    },
  ];
}

function graphqlRoute(parts: RouteParts): Route {
  return {
    path: "/graphql",
    methods: ["POST"],
    access: "session",
    answer: async ({ request, response, caller }) => {
      // The cookie of a session that this very request ends is taken back.
      const forget = sessionOf(caller).onEnd(() => {
        if (!response.headersSent) response.setHeader("set-cookie", clearCookie(parts.cookieName()));
      });
      await answerGraphql(parts.graphql, { request, response, caller, log: parts.log }).finally(forget);
    },
  };
}

/** What is read, or fetched as a file, without GraphQL. */
function readingRoutes(parts: RouteParts): Route[] {
  return [
    {
      path: "/export/logs",
      methods: ["GET"],
      access: "session",
      answer: logExport(parts.log),
    },
    {
      path: "/export/table.csv",
      methods: ["GET"],
      access: "session",
      answer: tableExport(parts.tables, parts.log, parts.downloadWaitMs),
    },
    {
      path: "/metrics",
      methods: ["GET", "HEAD"],
      access: "session",
      answer: async ({ response }) => {
        response.setHeader("content-type", parts.metrics.contentType);
        response.end(await parts.metrics.text());
      },
    },
  ];
}

/** Every path that takes WebSockets. */
export function consoleSockets({
  graphql,
  terminals,
}: {
  graphql: GraphqlSockets;
  terminals: Terminals;
}): SocketRoute[] {
  return [
    {
      path: "/graphql",
      accept: ({ request, socket, head, caller }) => graphql.accept(request, socket, head, caller),
    },
    {
      path: "/terminal",
      accept: ({ request, socket, head, caller }) => terminals.accept(request, socket, head, caller),
    },
  ];
}
