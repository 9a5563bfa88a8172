import { readFile } from "node:fs/promises";
import * as http from "node:http";
import { createClient, type Client } from "graphql-ws";
import { WebSocket } from "ws";

export interface WindowMessage {
  liveness: string;
  snapshot: boolean;
  total: number;
  /** Rows that the API server still has to send. */
  arriving: number;
  rows: { key: string; name: string; cells: unknown[] }[];
}

export interface FirstMessage {
  ms: number;
  bytes: number;
  message: WindowMessage;
}

/** A signed-in browser tab, as far as lists go. */
export interface ListReader {
  /** Opens a window, waits for its first rows and leaves. */
  first(scope: object, view: object): Promise<FirstMessage>;
  /** Opens a window, stays until the whole list is there, and leaves: its first rows, and when (ms) all were there. */
  whole(scope: object, view: object): Promise<{ first: FirstMessage; wholeMs: number }>;
  /** Opens a window and stays once the whole list is there; returns how to leave. */
  stay(scope: object, view: object, listener?: (message: WindowMessage) => void): Promise<() => void>;
  close(): Promise<void>;
}

/** All pods of the cluster. */
export const podScope = { type: { version: "v1", plural: "pods" } };

const query = `subscription($scope: TableScope!, $view: TableView!) {
  tableWindow(scope: $scope, view: $view) {
    liveness staleSince revision snapshot total unfiltered arriving offset columns { id name type description priority }
    order rows { key namespace name creationTimestamp labels cells } forbidden warnings
  }
}`;

export async function signedInReader(signInFile: string): Promise<ListReader> {
  const link = (await readFile(signInFile, "utf8")).trim();
  const cookie = await signIn(link);
  const { origin } = new URL(link);
  class BrowserSocket extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols, { headers: { cookie, origin } });
    }
  }
  const client = createClient({
    url: `${origin.replace("http", "ws")}/graphql`,
    webSocketImpl: BrowserSocket,
    lazy: false,
    retryAttempts: 0,
    onNonLazyError: () => undefined,
  });
  return {
    first: async (scope, view) => (await read(client, { scope, view }, isSnapshot)).first,
    whole: (scope, view) => read(client, { scope, view }, isWhole),
    stay: (scope, view, listener) => stay(client, { scope, view }, listener),
    close: async () => {
      await client.dispose();
    },
  };
}

function signIn(link: string): Promise<string> {
  return new Promise((resolve, reject) => {
    http
      .get(link, { agent: false }, (answer) => {
        answer.resume();
        resolve((answer.headers["set-cookie"]?.[0] ?? "").split(";")[0] ?? "");
      })
      .on("error", reject);
  });
}

type Variables = { scope: object; view: object };

const isSnapshot = ({ snapshot }: WindowMessage): boolean => snapshot;
const isWhole = ({ snapshot, arriving }: WindowMessage): boolean => snapshot && arriving === 0;

/** Stays until a message is the last one wanted. Messages before the first rows only tell how much was read. */
async function read(
  client: Client,
  variables: Variables,
  isLast: (message: WindowMessage) => boolean,
): Promise<{ first: FirstMessage; wholeMs: number }> {
  const began = performance.now();
  const { promise, resolve, reject } = Promise.withResolvers<{ first: FirstMessage; wholeMs: number }>();
  let first: FirstMessage | undefined;
  const leave = subscribe(client, variables, {
    next: (message, bytes) => {
      const ms = performance.now() - began;
      if (message.snapshot) first ??= { ms, bytes, message };
      if (first && isLast(message)) resolve({ first, wholeMs: ms });
    },
    error: reject,
  });
  try {
    return await promise;
  } finally {
    leave();
  }
}

async function stay(
  client: Client,
  variables: Variables,
  listener: (message: WindowMessage) => void = () => undefined,
): Promise<() => void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const leave = subscribe(client, variables, {
    next: (message) => {
      listener(message);
      if (isWhole(message)) resolve();
    },
    error: reject,
  });
  await promise;
  return leave;
}

function subscribe(
  client: Client,
  variables: Variables,
  sink: { next(message: WindowMessage, bytes: number): void; error(error: unknown): void },
): () => void {
  return client.subscribe<{ tableWindow: WindowMessage }>(
    { query, variables },
    {
      next: ({ data, errors }) => {
        if (errors || !data) sink.error(errors?.[0] ?? new Error("no data"));
        else sink.next(data.tableWindow, Buffer.byteLength(JSON.stringify(data)));
      },
      error: (error) => sink.error(error),
      complete: () => undefined,
    },
  );
}
