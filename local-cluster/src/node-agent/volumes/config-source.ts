import type { KubeClient } from "@kyma/kube/client.ts";
import { NotFoundError } from "@kyma/kube/errors.ts";
import { Informer } from "@kyma/kube/informer.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { configMaps, secrets } from "@kyma/kube/resource-types.ts";
import type { Values } from "../environment/environment.ts";

export type ConfigKind = "configMap" | "secret";

interface ConfigObject extends KubeObject {
  data?: Record<string, string>;
  binaryData?: Record<string, string>;
}

interface Shared {
  informer: Informer<ConfigObject>;
  stop: AbortController;
  users: number;
}

/** Reads ConfigMaps and Secrets one by one, by name: a node may see only those of its own pods. */
export class ConfigSource {
  readonly #client: KubeClient;
  readonly #shared = new Map<string, Shared>();

  constructor(client: KubeClient) {
    this.#client = client;
  }

  /** The present values; undefined when there is no such object. */
  async read(kind: ConfigKind, namespace: string, name: string): Promise<Values> {
    const known = this.#shared.get(`${kind}/${namespace}/${name}`);
    if (known?.informer.state === "live") return valuesOf(kind, known.informer.get({ namespace, name }));
    try {
      const object = await this.#client.get<ConfigObject>(typeOf(kind), { namespace, name });
      return valuesOf(kind, object);
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  }

  /** Calls `listener` whenever the object appears, changes or goes; returns how to stop that. One watch serves all who ask. */
  follow(kind: ConfigKind, namespace: string, name: string, listener: () => void): () => void {
    const key = `${kind}/${namespace}/${name}`;
    const shared = this.#shared.get(key) ?? this.#open(kind, namespace, name);
    this.#shared.set(key, shared);
    shared.users += 1;
    const stopListening = shared.informer.onChange(listener);
    return () => {
      stopListening();
      shared.users -= 1;
      if (shared.users > 0) return;
      shared.stop.abort();
      this.#shared.delete(key);
    };
  }

  #open(kind: ConfigKind, namespace: string, name: string): Shared {
    const stop = new AbortController();
    const fieldSelector = `metadata.name=${name}`;
    const informer = new Informer<ConfigObject>(this.#client, typeOf(kind), { namespace, fieldSelector });
    informer.start(stop.signal);
    return { informer, stop, users: 0 };
  }
}

function typeOf(kind: ConfigKind): typeof configMaps {
  return kind === "configMap" ? configMaps : secrets;
}

function valuesOf(kind: ConfigKind, object: ConfigObject | undefined): Values {
  if (!object) return undefined;
  const plain = kind === "configMap" ? "utf8" : "base64";
  return Object.fromEntries([
    ...Object.entries(object.data ?? {}).map(([key, value]) => [key, Buffer.from(value, plain)] as const),
    ...Object.entries(object.binaryData ?? {}).map(
      ([key, value]) => [key, Buffer.from(value, "base64")] as const,
    ),
  ]);
}
