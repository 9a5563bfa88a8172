import type { KubeClient } from "@kyma/kube/client.ts";
import { chown, chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { fieldValue, type PodAddress, resourceValue } from "../environment/field-ref.ts";
import type { Pod, Volume } from "../pods/pod.ts";
import { type FileOwner, writeAtomically } from "./atomic-write.ts";
import type { ConfigSource } from "./config-source.ts";
import {
  collectFiles,
  containerNamed,
  isProjected,
  unsupportedKind,
  VolumeError,
  type VolumeFiles,
  type VolumeSources,
} from "./projection.ts";
import { requestToken } from "./service-account-token.ts";

/** The volumes of one pod: directories below its own, filled from the API and kept up to date. */
export class PodVolumes {
  readonly #directory: string;
  readonly #config: ConfigSource;
  readonly #client: KubeClient;
  readonly #onError: (message: string) => void;
  readonly #stops: (() => void)[] = [];
  readonly #written = new Map<string, Promise<void>>();
  readonly #tokens = new Map<string, { token: Buffer; renewAt: number }>();
  readonly #shown = new Map<string, VolumeFiles>();
  #renewal: NodeJS.Timeout | undefined;
  #owner: FileOwner | undefined;
  #pod: Pod;

  constructor(
    pod: Pod,
    where: {
      directory: string;
      client: KubeClient;
      config: ConfigSource;
      onError: (message: string) => void;
    },
  ) {
    this.#pod = pod;
    this.#directory = join(where.directory, "volumes");
    this.#client = where.client;
    this.#config = where.config;
    this.#onError = where.onError;
  }

  /** Where a volume lies on this machine. */
  path(name: string): string {
    return join(this.#directory, name);
  }

  /** Makes and fills every volume, then keeps those from the API fresh. Throws VolumeError for what is missing. */
  async mount(address: PodAddress, owner: FileOwner | undefined): Promise<void> {
    this.#owner = owner;
    const volumes = this.#pod.spec.volumes ?? [];
    const unsupported = volumes.find(unsupportedKind);
    if (unsupported) {
      throw new VolumeError(
        `volume "${unsupported.name}" is of the kind ${unsupportedKind(unsupported)}, which the local node does not offer`,
      );
    }
    await Promise.all(
      volumes.map((volume) =>
        isProjected(volume) ? this.#fill(volume, address, owner) : this.#make(volume, owner),
      ),
    );
    if (this.#stops.length === 0) this.#follow(address, owner);
  }

  /** A newer pod object, for labels and annotations in downward API files. */
  update(pod: Pod): void {
    this.#pod = pod;
  }

  close(): void {
    clearTimeout(this.#renewal);
    for (const stop of this.#stops.splice(0)) stop();
  }

  async #make(volume: Volume, owner: FileOwner | undefined): Promise<void> {
    const directory = this.path(volume.name);
    await mkdir(directory, { recursive: true });
    if (owner && owner.gid !== 0) await chown(directory, 0, owner.gid);
    await chmod(directory, owner && owner.gid !== 0 ? 0o2777 : 0o777);
  }

  /** One write of a volume at a time, in the order asked for. */
  #fill(volume: Volume, address: PodAddress, owner: FileOwner | undefined): Promise<void> {
    const before = this.#written.get(volume.name) ?? Promise.resolve();
    const write = before.catch(() => {}).then(() => this.#show(volume, address, owner));
    this.#written.set(volume.name, write);
    return write;
  }

  async #show(volume: Volume, address: PodAddress, owner: FileOwner | undefined): Promise<void> {
    const files = await collectFiles(volume, this.#sources(address));
    if (isDeepStrictEqual(files, this.#shown.get(volume.name))) return;
    await writeAtomically(this.path(volume.name), files, owner);
    this.#shown.set(volume.name, files);
  }

  #sources(address: PodAddress): VolumeSources {
    const namespace = this.#pod.metadata.namespace ?? "";
    return {
      configMap: (name) => this.#config.read("configMap", namespace, name),
      secret: (name) => this.#config.read("secret", namespace, name),
      field: (ref) => fieldValue(ref, this.#pod, address),
      resource: (ref) => resourceValue(ref, containerNamed(this.#pod, ref.containerName)),
      token: (audience, expirationSeconds) => this.#token(audience, expirationSeconds, address),
    };
  }

  /** One token per audience, used until it is time for the next. */
  async #token(
    audience: string | undefined,
    expirationSeconds: number,
    address: PodAddress,
  ): Promise<Buffer> {
    const key = `${audience ?? ""} ${expirationSeconds}`;
    const known = this.#tokens.get(key);
    if (known && known.renewAt > Date.now()) return known.token;
    const { token, renewInMs } = await requestToken(this.#client, this.#pod, { audience, expirationSeconds });
    this.#tokens.set(key, { token, renewAt: Date.now() + renewInMs });
    this.#renewAfter(renewInMs, address);
    return token;
  }

  #renewAfter(ms: number, address: PodAddress): void {
    clearTimeout(this.#renewal);
    this.#renewal = setTimeout(() => {
      const withToken = (this.#pod.spec.volumes ?? []).filter((volume) =>
        volume.projected?.sources?.some((part) => part.serviceAccountToken),
      );
      for (const volume of withToken) this.#refresh(volume, address, this.#owner);
    }, ms);
    this.#renewal.unref();
  }

  #follow(address: PodAddress, owner: FileOwner | undefined): void {
    const namespace = this.#pod.metadata.namespace ?? "";
    for (const volume of this.#pod.spec.volumes ?? []) {
      for (const { kind, name } of referencesOf(volume)) {
        this.#stops.push(
          this.#config.follow(kind, namespace, name, () => this.#refresh(volume, address, owner)),
        );
      }
    }
  }

  #refresh(volume: Volume, address: PodAddress, owner: FileOwner | undefined): void {
    this.#fill(volume, address, owner).catch((error: unknown) => {
      this.#onError(`volume "${volume.name}" keeps its old content: ${(error as Error).message}`);
    });
  }
}

/** The ConfigMaps and Secrets that a volume shows. */
export function referencesOf(volume: Volume): { kind: "configMap" | "secret"; name: string }[] {
  const parts = [
    { configMap: volume.configMap, secret: volume.secret && { name: volume.secret.secretName } },
    ...(volume.projected?.sources ?? []),
  ];
  return parts.flatMap(({ configMap, secret }) => [
    ...(configMap ? [{ kind: "configMap" as const, name: configMap.name }] : []),
    ...(secret ? [{ kind: "secret" as const, name: secret.name }] : []),
  ]);
}
