import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type * as expressModule from "express";
import type { Express, Request, Response } from "express";

/** What `event.extensions` holds: the request and response as Express knows them. */
export interface Extensions {
  request: Request;
  response: Response;
}

/** A request whose body is parsed, and its response. */
export interface ExtensionSource {
  request: IncomingMessage;
  response: ServerResponse;
  body: unknown;
}

type ExpressModule = typeof expressModule.default;

/** A Function that writes faster than its client reads is cut off here, before it fills the heap. */
const unsentBytesLimit = 64 * 1024 * 1024;

let express: ExpressModule | undefined;
let app: Express | undefined;

/** Express itself, loaded at the first use: most Functions never need it, and it takes a tenth of a second. */
export function loadExpress(): ExpressModule {
  express ??= createRequire(import.meta.url)("express") as ExpressModule;
  return express;
}

/** Turns the pair into an Express 5 request and response, as if `app.all("/{*path}")` had got them. */
export function extend(
  { request: incoming, response: outgoing, body }: ExtensionSource,
  onError: (error: unknown) => void,
  onBegin: () => void,
): Extensions {
  app ??= createApp();
  const request = Object.setPrototypeOf(incoming, app.request) as Request;
  const response = Object.setPrototypeOf(outgoing, app.response) as Response;
  request.res = response;
  response.req = request;
  request.next = (error?: unknown) =>
    onError(error ?? new Error("next() was called: no other handler follows."));
  request.baseUrl = "";
  request.originalUrl = request.url;
  request.params = { path: request.path.split("/").filter(Boolean) };
  response.locals = Object.create(null) as typeof response.locals;
  if (body !== undefined) request.body = body;
  limitUnsentBytes(response, onError);
  tellOfHead(response, onBegin);
  response.on("error", onError);
  return { request, response };
}

function createApp(): Express {
  const created = loadExpress()();
  created.disable("x-powered-by");
  return created;
}

function limitUnsentBytes(response: Response, onError: (error: unknown) => void): void {
  const write = response.write.bind(response) as (...args: unknown[]) => boolean;
  response.write = ((...args: unknown[]) => {
    const accepted = write(...args);
    if (!accepted && response.writableLength > unsentBytesLimit) {
      onError(
        new Error("More than 64 MB of the answer wait for the client: the Function must heed backpressure."),
      );
      response.destroy();
    }
    return accepted;
  }) as typeof response.write;
}

/** Every way to send a part of an answer writes its head first, through this method. */
function tellOfHead(response: Response, onBegin: () => void): void {
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => Response;
  response.writeHead = ((...args: unknown[]) => {
    onBegin();
    return writeHead(...args);
  }) as typeof response.writeHead;
}
