import type { Page } from "@playwright/test";

/** What a browser tab has asked the console for, and what it got, from `watchTraffic` on. */
export interface PageTraffic {
  /** Names of the queries and mutations, in their order. */
  http: string[];
  /** Names of the subscriptions that were begun, in their order. */
  subscriptions: string[];
  /** Bytes of all messages of the subscriptions of this name. */
  bytesOf(subscription: string): number;
  /** Parts of an object's page that have come. */
  parts: ReadonlySet<string>;
}

interface SocketMessage {
  id?: string;
  type: string;
  payload?: { query?: string; data?: { objectPage?: { changed: string[] } } };
}

const nameOf = (query = "") =>
  /(?:query|mutation|subscription)\s+(\w+)/.exec(query)?.[1] ?? query.slice(0, 40);

/** Notes the GraphQL operations of a tab. Begin before the page is loaded. */
export function watchTraffic(page: Page): PageTraffic {
  const http: string[] = [];
  const subscriptions: string[] = [];
  const parts = new Set<string>();
  const bytes = new Map<string, number>();
  page.on("request", (request) => {
    if (request.method() !== "POST" || !request.url().endsWith("/graphql")) return;
    http.push(nameOf((request.postDataJSON() as { query: string }).query));
  });
  page.on("websocket", (socket) => {
    const names = new Map<string, string>();
    socket.on("framesent", ({ payload }) => {
      const { id = "", type, payload: sent } = JSON.parse(String(payload)) as SocketMessage;
      if (type !== "subscribe") return;
      names.set(id, nameOf(sent?.query));
      subscriptions.push(nameOf(sent?.query));
    });
    socket.on("framereceived", ({ payload }) => {
      const message = JSON.parse(String(payload)) as SocketMessage;
      const name = names.get(message.id ?? "") ?? "";
      bytes.set(name, (bytes.get(name) ?? 0) + Buffer.byteLength(payload));
      for (const part of message.payload?.data?.objectPage?.changed ?? []) parts.add(part);
    });
  });
  return { http, subscriptions, parts, bytesOf: (name) => bytes.get(name) ?? 0 };
}
