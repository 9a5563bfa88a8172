import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildEnvironment, ContainerConfigError, type EnvSources } from "../environment/environment.ts";
import { expand } from "../environment/expand.ts";
import type { Image, ImageMount, ImageStart } from "../images/image.ts";
import { type Launch, launchCommand } from "../isolation/command.ts";
import type { EntryFacts } from "../isolation/exec-command.ts";
import { environmentScript } from "../isolation/environment-file.ts";
import type { IsolationMode } from "../isolation/mode.ts";
import { type Mount, type MountPoint, planRoot } from "../isolation/root-plan.ts";
import { layOutRoot, type SystemFiles } from "../isolation/system.ts";
import { logPath } from "../logs/container-log.ts";
import { processAddress } from "../pods/addresses.ts";
import type { Container, Pod } from "../pods/pod.ts";
import {
  type ClusterAddresses,
  memoryLimit,
  nodeEnvironment,
  pathTranslator,
  type RunAs,
  runAs,
} from "./start-settings.ts";
import { volumeMounts } from "./volume-mounts.ts";

/** All that one start of a container follows from. */
export interface StartInput {
  pod: Pod;
  container: Container;
  image: Image;
  /** The run directory of this start; made anew. */
  directory: string;
  podIp: string;
  cluster: ClusterAddresses;
  isolation: IsolationMode;
  system: SystemFiles;
  /** A process of another container, as this machine numbers it, whose PID namespace this one is to join. */
  joined?: number | undefined;
  volumePath(name: string): string;
  sources: EnvSources;
}

export interface PreparedStart {
  command: string[];
  cwd: string;
  logFile: string;
  /** Who a terminal is to belong to, where the process is not this user's. */
  owner?: { uid: number; gid: number };
  /** Mounts that are not at their real path, for want of mount namespaces. */
  displaced: { path: string; place: string }[];
}

export const terminationLogName = "termination-log";
const entryFactsName = "entry.json";

/** What it takes to start another process in the container of a run directory; undefined for one of an earlier version of the agent. */
export function readEntryFacts(directory: string): EntryFacts | undefined {
  try {
    return JSON.parse(readFileSync(join(directory, entryFactsName), "utf8")) as EntryFacts;
  } catch {
    return undefined;
  }
}

/** Lays out on disk what the container's process will see. Throws ContainerConfigError for what the pod got wrong. */
export async function prepareStart(input: StartInput): Promise<PreparedStart> {
  const { pod, container, image, directory, podIp } = input;
  const user = runAs(pod, container, image);
  const env = await buildEnvironment(pod, container, { podIp, hostIp: "127.0.0.1" }, input.sources);
  makeRunDirectory(directory, user, input.isolation);
  const volumes = volumeMounts(container, pod.spec.volumes ?? [], (name) => input.volumePath(name), env);
  const mounts = allMounts(input, volumes);
  return input.isolation === "directories"
    ? withoutNamespaces(input, { env, mounts, volumes, user })
    : insideNamespaces(input, { env, mounts, volumes, user });
}

interface Parts {
  /** What the pod's spec says. */
  env: Record<string, string>;
  mounts: Mount[];
  volumes: Mount[];
  user: RunAs;
}

function makeRunDirectory(directory: string, user: RunAs, isolation: IsolationMode): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  mkdirSync(join(directory, "tmp"), { mode: 0o777 });
  writeFileSync(logPath(directory), "", { mode: 0o600 });
  writeFileSync(join(directory, terminationLogName), "", { mode: 0o600 });
  writeFileSync(join(directory, "env"), "", { mode: 0o600 });
  if (isolation !== "root") return;
  for (const name of ["tmp", "env", "log", terminationLogName])
    chownSync(join(directory, name), user.uid, user.gid);
}

function terminationPath(container: Container): string {
  return container.terminationMessagePath ?? "/dev/termination-log";
}

function allMounts(input: StartInput, volumes: Mount[]): Mount[] {
  const { directory, image, container } = input;
  return [
    ...image.mounts(container.command?.length ? undefined : (container.args ?? [])).map(imageMount),
    { source: join(directory, "tmp"), path: "/tmp", kind: "directory", origin: "volume", readOnly: false },
    ...volumes,
    {
      source: join(directory, terminationLogName),
      path: terminationPath(container),
      kind: "file",
      origin: "volume",
      readOnly: false,
    },
  ];
}

function imageMount(mount: ImageMount): Mount {
  return { ...mount, origin: mount.readOnly ? "image" : "volume" };
}

function imageStart(input: StartInput, parts: Parts, at: (path: string) => string): ImageStart {
  const { container, pod, cluster } = input;
  const env = { ...nodeEnvironment(pod, cluster), ...parts.env };
  const places = [
    { path: "/tmp", readOnly: false },
    ...parts.volumes.map(({ path, readOnly }) => ({ path, readOnly })),
  ];
  return {
    args: (container.args ?? []).map((arg) => expand(arg, (name) => env[name])),
    at,
    memoryLimitBytes: memoryLimit(container),
    mounts: [...new Map(places.map((place) => [place.path, place])).values()],
    terminationMessagePath: terminationPath(container),
  };
}

/** The command that the container's spec, or else its image, asks for. */
function commandOf(
  { container, image }: StartInput,
  env: Record<string, string>,
  start: ImageStart,
): string[] {
  if (!container.command?.length) return image.command(start);
  return [...container.command.map((part) => expand(part, (name) => env[name])), ...start.args];
}

/** In order of rank: what the node gives, what the image needs, what the pod says, and the address that the pod has. */
function environmentOf(
  input: StartInput,
  own: Record<string, string>,
  start: ImageStart,
): Record<string, string> {
  const { pod, cluster, image, podIp } = input;
  const listen = { LISTEN_ADDRESS: processAddress(podIp) ?? podIp };
  return { ...nodeEnvironment(pod, cluster), ...image.env(start), ...own, ...listen };
}

function insideNamespaces(input: StartInput, parts: Parts): PreparedStart {
  const { directory, pod, container } = input;
  const { uid, gid, groups } = parts.user;
  const root = join(directory, "root");
  const hostname = pod.spec.hostname ?? pod.metadata.name;
  layOutRoot(root, input.system, { uid, gid, hostname, podIp: input.podIp });
  const readOnlyRoot = container.securityContext?.readOnlyRootFilesystem ?? false;
  const plan = planRoot(root, [...input.system.mounts, ...parts.mounts], { readOnlyRoot });
  for (const point of plan.points) makeMountPoint(point, container.name);
  const fstab = join(directory, "fstab");
  writeFileSync(fstab, plan.fstab);
  const start = imageStart(input, parts, (path) => path);
  const env = environmentOf(input, parts.env, start);
  writeFileSync(join(directory, "env"), environmentScript(env));
  const launch: Launch = {
    runDirectory: directory,
    command: commandOf(input, env, start),
    workingDirectory: container.workingDir || input.image.workingDirectory,
    user: { uid, gid, groups },
    tty: container.tty ?? false,
    joined: input.joined,
    root: { path: root, fstab },
  };
  writeEntryFacts(directory, launch);
  return {
    command: launchCommand(input.isolation, launch),
    cwd: directory,
    logFile: logPath(directory),
    ...(input.isolation === "root" ? { owner: { uid, gid } } : {}),
    displaced: [],
  };
}

function writeEntryFacts(directory: string, { user, workingDirectory }: Launch): void {
  const facts: EntryFacts = { user, workingDirectory };
  writeFileSync(join(directory, entryFactsName), JSON.stringify(facts), { mode: 0o600 });
}

function makeMountPoint(point: MountPoint, container: string): void {
  if (existsSync(point.path)) return;
  if (point.mustExist) {
    throw new ContainerConfigError(
      `container "${container}" cannot have a mount at ${point.seenAs}: there is no such place in its image, which is read-only`,
    );
  }
  mkdirSync(point.kind === "directory" ? point.path : dirname(point.path), { recursive: true, mode: 0o755 });
  if (point.kind === "file") writeFileSync(point.path, "");
}

function withoutNamespaces(input: StartInput, parts: Parts): PreparedStart {
  const { directory, container, image } = input;
  const at = pathTranslator(Object.fromEntries(parts.mounts.map(({ path, source }) => [path, source])));
  const start = imageStart(input, parts, at);
  const own = Object.fromEntries(Object.entries(parts.env).map(([name, value]) => [name, at(value)]));
  const env = environmentOf(input, own, start);
  writeFileSync(join(directory, "env"), environmentScript(env));
  const workingDirectory = at(container.workingDir || image.workingDirectory);
  const launch: Launch = {
    runDirectory: directory,
    command: commandOf(input, env, start),
    workingDirectory,
    user: parts.user,
    tty: container.tty ?? false,
  };
  writeEntryFacts(directory, launch);
  return {
    command: launchCommand("directories", launch),
    cwd: existsSync(workingDirectory) ? workingDirectory : directory,
    logFile: logPath(directory),
    displaced: parts.volumes.map(({ path, source }) => ({ path, place: source })),
  };
}
