import { setTimeout as delay } from "node:timers/promises";
import type { Connection, KubeRequest, KubeResponse } from "./connection.ts";
import { toApiError, TooManyRequestsError } from "./errors.ts";
import { apiVersionOf, keyOf, type KubeObject, type ObjectKey, type ResourceType } from "./objects.ts";
import { objectPath, queryText, resourcePath } from "./paths.ts";
import { readWatch, type WatchEvent } from "./watch.ts";

export interface Selection {
  namespace?: string | undefined;
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
}
export interface ListOptions extends Selection {
  /** Page size; all pages are read. Default 500. */
  limit?: number;
  signal?: AbortSignal;
}
export interface WatchOptions extends Selection {
  resourceVersion?: string | undefined;
  /** Ask the server for the present objects first, as ADDED, ended by a BOOKMARK. */
  sendInitialEvents?: boolean;
  /** Default application/json; a Table watch sets its own. */
  accept?: string;
  /** e.g. { includeObject: "Metadata" } */
  query?: Record<string, string>;
  /** Seconds after which the server ends the watch in order. */
  timeoutSeconds?: number;
  /** Called when the server has accepted the watch; events may take long to come. */
  onOpen?: () => void;
  signal: AbortSignal;
}
export interface WriteOptions {
  dryRun?: boolean;
  manager?: string;
  subresource?: string;
  /** Strict: a field that the kind does not have, or one twice, is an error instead of dropped. */
  fieldValidation?: "Strict" | "Warn" | "Ignore";
  signal?: AbortSignal;
}
export interface ApplyOptions extends WriteOptions {
  manager: string;
  /** Take fields over from other managers; right for children that a controller owns. */
  force?: boolean;
}
export interface DeleteOptions {
  propagation?: "Background" | "Foreground" | "Orphan";
  /** Delete only this very object. */
  uid?: string;
  resourceVersion?: string;
  gracePeriodSeconds?: number;
  dryRun?: boolean;
}
export interface LogOptions {
  container?: string;
  follow?: boolean;
  previous?: boolean;
  tailLines?: number;
  sinceSeconds?: number;
  sinceTime?: string;
  timestamps?: boolean;
  signal?: AbortSignal;
}
export interface ObjectList<T> {
  items: T[];
  resourceVersion: string;
}

const patchTypes = {
  json: "application/json-patch+json",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
} as const;

const mostRetries = 10;
/** etcd takes 1.5 MiB unless told otherwise. */
const largestObject = 32 * 1024 * 1024;
/**
 * Busy kinds get a bookmark each minute, quiet ones may not. A connection that carries nothing must not look like a quiet watch for a minute,
 * the time of opening another one included; where packets are lost the kernel's probes tell sooner, where a proxy hangs nothing else does.
 */
const longestSilenceMs = 50_000;

/** Raw-JSON verbs on one API server. Every failed answer is thrown as an ApiError subclass. */
export class KubeClient {
  readonly connection: Connection;
  readonly #silenceMs: number;

  /** `silenceMs`: how long a watch may say nothing before its connection is given up. */
  constructor(connection: Connection, { silenceMs = longestSilenceMs }: { silenceMs?: number } = {}) {
    this.connection = connection;
    this.#silenceMs = silenceMs;
  }

  get<T extends KubeObject>(
    type: ResourceType,
    key: ObjectKey,
    options: { subresource?: string; signal?: AbortSignal } = {},
  ): Promise<T> {
    const { subresource, ...request } = options;
    return this.#json<T>(objectPath(type, key, subresource), { ...request, largestAnswer: largestObject });
  }

  /** Reads all pages. */
  async list<T extends KubeObject>(type: ResourceType, options: ListOptions = {}): Promise<ObjectList<T>> {
    const items: T[] = [];
    let resourceVersion = "";
    for await (const page of this.pages<T>(type, options)) {
      for (const item of page.items) items.push(item);
      ({ resourceVersion } = page);
    }
    return { items, resourceVersion };
  }

  /** The same list page by page, for who keeps little of each object. */
  async *pages<T extends KubeObject>(
    type: ResourceType,
    options: ListOptions = {},
  ): AsyncGenerator<ObjectList<T>> {
    const { namespace, labelSelector, fieldSelector, limit = 500, signal } = options;
    const path = resourcePath(type, namespace ? { namespace } : {});
    let next: string | undefined;
    do {
      const page: ListPage<T> = await this.#json(
        path + queryText({ labelSelector, fieldSelector, limit, continue: next }),
        signal ? { signal } : {},
      );
      // List items come without kind and apiVersion.
      const items = page.items.map((item) => ({ ...item, apiVersion: apiVersionOf(type), kind: type.kind }));
      yield { items, resourceVersion: page.metadata.resourceVersion };
      next = page.metadata.continue;
    } while (next);
  }

  create<T extends KubeObject>(
    type: ResourceType,
    object: KubeObject,
    options: WriteOptions = {},
  ): Promise<T> {
    const { namespace, name } = object.metadata;
    const path = options.subresource
      ? objectPath(type, keyOf(object), options.subresource)
      : resourcePath(type, namespace ? { namespace } : {});
    if (options.subresource && !name) throw new TypeError("a subresource needs the object's name");
    return this.#write<T>("POST", path, object, "application/json", options);
  }

  replace<T extends KubeObject>(
    type: ResourceType,
    object: KubeObject,
    options: WriteOptions = {},
  ): Promise<T> {
    const path = objectPath(type, keyOf(object), options.subresource);
    return this.#write<T>("PUT", path, object, "application/json", options);
  }

  /** Server-side apply: the object holds just the fields that the manager owns. */
  apply<T extends KubeObject>(type: ResourceType, object: KubeObject, options: ApplyOptions): Promise<T> {
    const path = objectPath(type, keyOf(object), options.subresource);
    return this.#write<T>("PATCH", path, object, "application/apply-patch+yaml", options);
  }

  patch<T extends KubeObject>(
    type: ResourceType,
    key: ObjectKey,
    patch: unknown,
    options: WriteOptions & { type: keyof typeof patchTypes },
  ): Promise<T> {
    const path = objectPath(type, key, options.subresource);
    return this.#write<T>("PATCH", path, patch, patchTypes[options.type], options);
  }

  /** Merge patch of .status. A field set to null is removed. */
  patchStatus<T extends KubeObject>(
    type: ResourceType,
    key: ObjectKey,
    status: unknown,
    options: { manager: string; resourceVersion?: string },
  ): Promise<T> {
    const { manager, resourceVersion } = options;
    const patch = { ...(resourceVersion ? { metadata: { resourceVersion } } : {}), status };
    return this.patch<T>(type, key, patch, { type: "merge", subresource: "status", manager });
  }

  /** An object that is not there is a NotFoundError. */
  async delete(type: ResourceType, key: ObjectKey, options: DeleteOptions = {}): Promise<void> {
    const { uid, resourceVersion, gracePeriodSeconds, dryRun = false } = options;
    const preconditions = uid || resourceVersion ? { uid, resourceVersion } : undefined;
    const body = {
      kind: "DeleteOptions",
      apiVersion: "v1",
      propagationPolicy: options.propagation ?? "Background",
      gracePeriodSeconds,
      preconditions,
      // With a body the API server does not look at ?dryRun: in the query it would delete for good.
      dryRun: dryRun ? ["All"] : undefined,
    };
    await this.#write("DELETE", objectPath(type, key), body, "application/json", {});
  }

  /** Events of one watch request; ends when the server ends it. A server error event is thrown as an ApiError. */
  watch<T extends KubeObject>(type: ResourceType, options: WatchOptions): AsyncGenerator<WatchEvent<T>> {
    const { namespace, labelSelector, fieldSelector, resourceVersion, sendInitialEvents, timeoutSeconds } =
      options;
    const query = queryText({
      ...options.query,
      watch: true,
      allowWatchBookmarks: true,
      labelSelector,
      fieldSelector,
      resourceVersion,
      sendInitialEvents,
      resourceVersionMatch: sendInitialEvents ? "NotOlderThan" : undefined,
      timeoutSeconds: timeoutSeconds ?? 300 + Math.floor(Math.random() * 300),
    });
    const open = async (): Promise<KubeResponse> => {
      const answer = await this.#ok(resourcePath(type, namespace ? { namespace } : {}) + query, {
        headers: { accept: options.accept ?? "application/json" },
        stream: true,
        timeoutMs: this.#silenceMs,
        signal: options.signal,
      });
      options.onOpen?.();
      return answer;
    };
    return readWatch<T>(open);
  }

  /** Bytes of a container's log. With `follow` it ends with the container. */
  async logs(pod: ObjectKey, options: LogOptions = {}): Promise<KubeResponse["body"]> {
    const { signal, ...query } = options;
    const type = { group: "", version: "v1", plural: "pods", kind: "Pod", namespaced: true };
    const answer = await this.#ok(objectPath(type, pod, "log") + queryText({ ...query }), {
      stream: true,
      timeoutMs: 0,
      ...(signal ? { signal } : {}),
    });
    return answer.body;
  }

  /** Any path of the API server, any status: the caller looks at it. */
  raw(path: string, request: KubeRequest = {}): Promise<KubeResponse> {
    if (!path.startsWith("/")) throw new TypeError(`"${path}" is not an API path`);
    return this.connection.send(path, request);
  }

  async #write<T>(
    method: string,
    path: string,
    body: unknown,
    contentType: string,
    options: Partial<ApplyOptions>,
  ): Promise<T> {
    const query = queryText({
      fieldManager: options.manager,
      force: options.force,
      fieldValidation: options.fieldValidation,
      dryRun: options.dryRun ? "All" : undefined,
    });
    return this.#json<T>(path + query, {
      method,
      body: JSON.stringify(body),
      headers: { "content-type": contentType },
      largestAnswer: largestObject,
      ...(options.signal ? { signal: options.signal } : {}),
    });
  }

  async #json<T>(path: string, request: KubeRequest): Promise<T> {
    const answer = await this.#ok(path, {
      ...request,
      headers: { accept: "application/json", ...request.headers },
    });
    return answer.json<T>();
  }

  /** Waits as long as a 429 asks, like client-go; nothing else is tried again here. */
  async #ok(path: string, request: KubeRequest): Promise<KubeResponse> {
    for (let attempt = 0; ; attempt++) {
      const answer = await this.connection.send(path, request);
      if (answer.status >= 200 && answer.status < 300) return answer;
      const error = toApiError(answer.status, await answer.text(), answer.headers["retry-after"]);
      if (!(error instanceof TooManyRequestsError) || attempt >= mostRetries) throw error;
      await delay(error.retryAfterMs, undefined, request.signal ? { signal: request.signal } : {});
    }
  }
}

interface ListPage<T> {
  items: T[];
  metadata: { resourceVersion: string; continue?: string };
}
