import type { Values } from "../environment/environment.ts";
import type {
  Container,
  DownwardItem,
  FieldRef,
  KeyToPath,
  Pod,
  ProjectedPart,
  ResourceFieldRef,
  Volume,
} from "../pods/pod.ts";

/** The files of a volume by relative path. */
export type VolumeFiles = Map<string, { content: Buffer; mode: number }>;

/** What volumes are filled from. */
export interface VolumeSources {
  configMap: (name: string) => Promise<Values>;
  secret: (name: string) => Promise<Values>;
  field(ref: FieldRef): string;
  resource(ref: ResourceFieldRef): string;
  token(audience: string | undefined, expirationSeconds: number): Promise<Buffer>;
}

/** A volume that cannot be filled until what it refers to changes; the message names it. */
export class VolumeError extends Error {}

const defaultMode = 0o644;
const tokenMode = 0o644;

/** True for volumes whose content comes from the API; the others are plain directories. */
export function isProjected(volume: Volume): boolean {
  return Boolean(volume.configMap ?? volume.secret ?? volume.projected ?? volume.downwardAPI);
}

/** The kind of a volume that this node cannot offer; undefined when it can. */
export function unsupportedKind(volume: Volume): string | undefined {
  const known = ["emptyDir", "configMap", "secret", "projected", "downwardAPI"];
  const kinds = Object.keys(volume).filter((field) => field !== "name");
  return kinds.find((kind) => !known.includes(kind));
}

/** Collects the files of a volume. Throws VolumeError for what is missing and not optional. */
export async function collectFiles(volume: Volume, sources: VolumeSources): Promise<VolumeFiles> {
  const files: VolumeFiles = new Map();
  const { configMap, secret, downwardAPI, projected } = volume;
  if (configMap)
    await addValues(
      files,
      { kind: "configmap", ...configMap, mode: configMap.defaultMode },
      sources.configMap,
    );
  if (secret) {
    await addValues(
      files,
      { kind: "secret", ...secret, name: secret.secretName, mode: secret.defaultMode },
      sources.secret,
    );
  }
  if (downwardAPI) addDownward(files, downwardAPI.items ?? [], downwardAPI.defaultMode, sources);
  for (const part of projected?.sources ?? []) await addPart(files, part, projected?.defaultMode, sources);
  return files;
}

async function addPart(
  files: VolumeFiles,
  part: ProjectedPart,
  mode: number | undefined,
  sources: VolumeSources,
): Promise<void> {
  if (part.configMap)
    await addValues(files, { kind: "configmap", ...part.configMap, mode }, sources.configMap);
  else if (part.secret) await addValues(files, { kind: "secret", ...part.secret, mode }, sources.secret);
  else if (part.downwardAPI) addDownward(files, part.downwardAPI.items ?? [], mode, sources);
  else if (part.serviceAccountToken) {
    const { path, audience, expirationSeconds = 3600 } = part.serviceAccountToken;
    add(files, path, await sources.token(audience, expirationSeconds), mode ?? tokenMode);
  } else throw new VolumeError(`this node offers no ${Object.keys(part).join(", ")} in a projected volume`);
}

interface ValuesPart {
  kind: string;
  name: string;
  items?: KeyToPath[];
  optional?: boolean;
  mode: number | undefined;
}

async function addValues(
  files: VolumeFiles,
  part: ValuesPart,
  read: (name: string) => Promise<Values>,
): Promise<void> {
  const values = await read(part.name);
  if (!values && !part.optional) throw new VolumeError(`${part.kind} "${part.name}" not found`);
  const items = part.items ?? Object.keys(values ?? {}).map((key): KeyToPath => ({ key, path: key }));
  for (const item of items) {
    const value = values?.[item.key];
    if (value) add(files, item.path, value, item.mode ?? part.mode ?? defaultMode);
    else if (!part.optional) throw new VolumeError(`${part.kind} "${part.name}" has no key "${item.key}"`);
  }
}

function addDownward(
  files: VolumeFiles,
  items: DownwardItem[],
  mode: number | undefined,
  sources: VolumeSources,
): void {
  for (const item of items) {
    const text = item.fieldRef
      ? sources.field(item.fieldRef)
      : item.resourceFieldRef
        ? sources.resource(item.resourceFieldRef)
        : "";
    add(files, item.path, Buffer.from(text), item.mode ?? mode ?? defaultMode);
  }
}

function add(files: VolumeFiles, path: string, content: Buffer, mode: number): void {
  const parts = path.split("/");
  if (path === "" || parts.includes("..") || parts.includes("") || path.startsWith("..")) {
    throw new VolumeError(`"${path}" is no path inside a volume`);
  }
  files.set(path, { content, mode });
}

/** The container that a downward API item means. */
export function containerNamed(pod: Pod, name: string | undefined): Container {
  const all = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
  const found = all.find((container) => container.name === name) ?? all[0];
  if (!found) throw new VolumeError("the pod has no containers");
  return found;
}
