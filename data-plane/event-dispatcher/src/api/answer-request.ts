import type { IncomingMessage, ServerResponse } from "node:http";
import { discoveryDocument } from "./discovery.ts";
import { ApiFailure, badRequest, methodNotAllowed, notFound, success, tooMany } from "./failure.ts";
import { type Form, listBody, objectBody, type Representation, representationOf } from "./representation.ts";
import { readBody } from "./request-body.ts";
import {
  isWatch,
  readDeleteOptions,
  readLimit,
  readSelection,
  readTarget,
  requireNamespace,
  type Target,
} from "./request.ts";
import type { NamedKey, Resource, WatchOptions } from "./resource.ts";
import { WatchStream } from "./watch-stream.ts";

const mostWatches = 200;

/** Watches that are open now. */
export class Watches {
  readonly #open = new Set<WatchStream>();

  open(response: ServerResponse, resource: Resource, query: URLSearchParams): WatchStream {
    const seconds = query.get("timeoutSeconds") ?? "";
    if (seconds !== "" && !/^\d{1,9}$/.test(seconds))
      throw badRequest("timeoutSeconds must be a whole number");
    const stream = new WatchStream(response, resource, Number(seconds) * 1000 || undefined);
    this.#open.add(stream);
    stream.onEnd(() => this.#open.delete(stream));
    return stream;
  }

  checkRoom(): void {
    if (this.#open.size >= mostWatches)
      throw tooMany(`${mostWatches} watches are open already: try again later`);
  }

  endAll(): void {
    for (const stream of this.#open) stream.end();
  }
}

interface Asked {
  request: IncomingMessage;
  response: ServerResponse;
  query: URLSearchParams;
  target: Target;
  resource: Resource;
  watches: Watches;
}

/**
 * Answers one request of the API server, which has decided that it is allowed. Resolves with the JSON of a 200 or 201, or with nothing when a
 * watch has begun; throws an ApiFailure, or what NATS threw.
 */
export async function answerRequest(
  resources: readonly Resource[],
  watches: Watches,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<{ status: number; json: string } | undefined> {
  const { path, query } = splitUrl(request.url ?? "/");
  const target = readTarget(path);
  const resource = target && resources.find(({ plural }) => plural === target.plural);
  if (!target || !resource || !isPlaced(resource, target)) return answerDiscovery(resources, path, request);
  const asked = { request, response, query, target, resource, watches };
  if (target.subresource !== undefined) return create(asked);
  switch (request.method) {
    case "GET":
      return read(asked);
    case "DELETE":
      return remove(asked);
    default:
      throw notOffered(asked, request.method ?? "");
  }
}

function splitUrl(url: string): { path: string; query: URLSearchParams } {
  const mark = url.indexOf("?");
  const path = mark < 0 ? url : url.slice(0, mark);
  return { path, query: new URLSearchParams(mark < 0 ? "" : url.slice(mark + 1)) };
}

/** Whether a path has a namespace where the kind has one; only a list may go over all. */
function isPlaced({ namespaced }: Resource, { namespace, name }: Target): boolean {
  return namespaced ? namespace !== undefined || name === undefined : namespace === undefined;
}

function answerDiscovery(
  resources: readonly Resource[],
  path: string,
  request: IncomingMessage,
): { status: number; json: string } {
  const document = discoveryDocument(path, resources);
  if (!document) throw notFound();
  if (request.method !== "GET") throw methodNotAllowed("this can only be read");
  // The API server then asks for each group by itself.
  const accept = request.headers.accept ?? "";
  if (/as=APIGroupDiscoveryList/.test(accept) && !/application\/json(,|$)/.test(accept))
    throw new ApiFailure(406, "NotAcceptable", "aggregated discovery is not offered");
  return { status: 200, json: JSON.stringify(document) };
}

async function read(asked: Asked): Promise<{ status: number; json: string } | undefined> {
  const { query, target, resource } = asked;
  const form = formOf(asked);
  if (target.name !== undefined) {
    if (!resource.get) throw notOffered(asked, "get");
    return { status: 200, json: objectBody(await resource.get(keyOf(asked)), form) };
  }
  if (isWatch(query)) return watch(asked, form.representation);
  if (!resource.list) throw notOffered(asked, "list");
  const continueFrom = query.get("continue") ?? "";
  const options = {
    ...readSelection(target, query),
    limit: readLimit(query),
    ...(continueFrom === "" ? {} : { continueFrom }),
  };
  return { status: 200, json: listBody(await resource.list(options), form) };
}

function watch(asked: Asked, representation: Representation): undefined {
  const { query, target, resource, response, watches } = asked;
  if (!resource.watch) throw notOffered(asked, "watch");
  if (representation !== "object")
    throw new ApiFailure(406, "NotAcceptable", "a watch brings whole objects only");
  watches.checkRoom();
  const options: WatchOptions = readSelection(target, query);
  for (const name of ["eventId", "type", "source"] as const) {
    const value = query.get(name);
    if (value) options[name] = value;
  }
  resource.watch(options, () => watches.open(response, resource, query));
}

async function remove(asked: Asked): Promise<{ status: number; json: string }> {
  const { query, target, resource, request } = asked;
  const options = readDeleteOptions(query, parseBody(await readBody(request)));
  if (target.name === undefined) {
    if (!resource.deleteCollection) throw notOffered(asked, "deletecollection");
    const selection = { ...readSelection(target, query), namespace: requireNamespace(target) };
    await resource.deleteCollection(selection, options);
  } else {
    if (!resource.delete) throw notOffered(asked, "delete");
    await resource.delete(keyOf(asked), options);
  }
  return { status: 200, json: JSON.stringify(success()) };
}

async function create(asked: Asked): Promise<{ status: number; json: string }> {
  const { request, resource, target } = asked;
  const { subresources = {} } = resource;
  const name = target.subresource ?? "";
  const subresource = Object.hasOwn(subresources, name) ? subresources[name] : undefined;
  if (!subresource) throw notFound();
  if (request.method !== "POST") throw notOffered(asked, request.method ?? "");
  const body = await readBody(request);
  return { status: 201, json: JSON.stringify(await subresource.create(keyOf(asked), body)) };
}

function parseBody(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest("the body is not JSON");
  }
}

function formOf({ resource, query, request }: Asked): Form {
  const representation = representationOf(request.headers.accept);
  if (!representation)
    throw new ApiFailure(
      406,
      "NotAcceptable",
      "there is application/json, also as Table or PartialObjectMetadata",
    );
  return { resource, representation, includeObject: query.get("includeObject"), now: Date.now() };
}

function keyOf({ target }: Asked): NamedKey {
  return { namespace: requireNamespace(target), name: target.name ?? "" };
}

function notOffered({ target }: Asked, verb: string): ApiFailure {
  return methodNotAllowed(
    `${verb} is not offered on ${[target.plural, target.subresource ?? []].flat().join("/")}`,
  );
}
