import { toApiError } from "@kyma/kube/errors.ts";
import type { ResourceType } from "@kyma/kube/objects.ts";
import type { Caller } from "../graphql/context.ts";

/** A schema as OpenAPI v3 writes it, with Kubernetes' extensions. */
export interface OpenApiSchema {
  $ref?: string;
  type?: string;
  format?: string;
  description?: string;
  nullable?: boolean;
  default?: unknown;
  enum?: unknown[];
  required?: string[];
  properties?: Record<string, OpenApiSchema>;
  additionalProperties?: boolean | OpenApiSchema;
  items?: OpenApiSchema;
  allOf?: OpenApiSchema[];
  anyOf?: OpenApiSchema[];
  oneOf?: OpenApiSchema[];
  not?: OpenApiSchema;
  "x-kubernetes-group-version-kind"?: { group: string; version: string; kind: string }[];
  "x-kubernetes-list-type"?: "atomic" | "set" | "map";
  "x-kubernetes-list-map-keys"?: string[];
  "x-kubernetes-map-type"?: "atomic" | "granular";
  "x-kubernetes-int-or-string"?: boolean;
  "x-kubernetes-preserve-unknown-fields"?: boolean;
  "x-kubernetes-embedded-resource"?: boolean;
  [keyword: string]: unknown;
}

export type Definitions = Record<string, OpenApiSchema>;

interface Index {
  at: number;
  paths: Promise<Record<string, { serverRelativeURL: string }>>;
}

const freshMs = 5000;
const mostDocuments = 40;
const mostIndexes = 200;
/** apps/v1 has 1 MB; a group of a hundred CRDs has some 30. */
const largestDocument = 64 * 1024 * 1024;

/**
 * The cluster's OpenAPI v3 documents, one per group version, each fetched when a kind of it is first asked for. They are kept per identity,
 * under an address that holds the document's hash: a changed CRD has another one.
 */
export class OpenApiDocuments {
  readonly #indexes = new Map<string, Index>();
  readonly #documents = new Map<string, Promise<Definitions>>();

  /** All schemas of the kind's group version; undefined when the cluster publishes none. */
  async definitions(
    caller: Caller,
    type: Pick<ResourceType, "group" | "version">,
  ): Promise<Definitions | undefined> {
    const path = type.group ? `apis/${type.group}/${type.version}` : `api/${type.version}`;
    const address = await this.#address(caller, path);
    if (!address) return undefined;
    const key = JSON.stringify([caller.identity, address]);
    const known = this.#documents.get(key);
    if (known) {
      // The one used last is dropped last.
      this.#documents.delete(key);
      this.#documents.set(key, known);
      return known;
    }
    const document = readJson<{ components?: { schemas?: Definitions } }>(caller, address).then(
      ({ components }) => components?.schemas ?? {},
    );
    this.#documents.set(key, document);
    document.catch(() => this.#documents.delete(key));
    for (const oldest of this.#documents.keys()) {
      if (this.#documents.size <= mostDocuments) break;
      this.#documents.delete(oldest);
    }
    return document;
  }

  /** Asks for the index anew when the path is not in the remembered one: a CRD may have been made a moment ago. */
  async #address(caller: Caller, path: string): Promise<string | undefined> {
    const remembered = (await this.#index(caller, freshMs))[path];
    const found = remembered ?? (await this.#index(caller, 500))[path];
    return found?.serverRelativeURL.startsWith("/openapi/v3/") ? found.serverRelativeURL : undefined;
  }

  #index(caller: Caller, maxAgeMs: number): Index["paths"] {
    const known = this.#indexes.get(caller.identity);
    if (known && Date.now() - known.at < maxAgeMs) return known.paths;
    if (this.#indexes.size >= mostIndexes) this.#indexes.clear();
    const paths = readJson<{ paths?: Awaited<Index["paths"]> }>(caller, "/openapi/v3").then(
      (index) => index.paths ?? {},
    );
    this.#indexes.set(caller.identity, { at: Date.now(), paths });
    paths.catch(() => this.#indexes.delete(caller.identity));
    return paths;
  }
}

async function readJson<T>(caller: Caller, path: string): Promise<T> {
  const headers = { accept: "application/json" };
  const answer = await caller.kube.raw(path, { headers, largestAnswer: largestDocument });
  if (answer.status !== 200) throw toApiError(answer.status, await answer.text());
  return answer.json<T>();
}

/** The schema of one kind among those of its group version. */
export function rootSchema(
  definitions: Definitions,
  { group, version, kind }: ResourceType,
): OpenApiSchema | undefined {
  return Object.values(definitions).find((schema) =>
    schema["x-kubernetes-group-version-kind"]?.some(
      (one) => one.group === group && one.version === version && one.kind === kind,
    ),
  );
}
