import { createHash } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import type { Image, ImageMount, ImageSource, ImageStart } from "./image.ts";
import type { NodeBinary } from "./node-binary.ts";
import type { Npm } from "./npm.ts";

/** What `data-plane/function-runtime/build-image.ts` offers: the Dockerfile of that image. */
interface Build {
  buildImage(targetDir: string): void;
  permissionFlags(
    major: number,
    paths: { imageDir: string; readable: string[]; writable: string[] },
  ): string[];
}

const sourceDir = join(import.meta.dirname, "../../../../data-plane/function-runtime");
const appDir = "/usr/src/app";
const functionDir = `${appDir}/function`;
const nodePath = "/usr/local/bin/node";
const npmDir = "/usr/local/lib/node_modules/npm";
const npmCache = "/var/cache/npm";
const dependencyCache = "/var/cache/dependencies";
const runtimeUser = 1000;
/** Part of the memory limit that V8's heap may take; the rest is for buffers, code and the threads. */
const heapShare = 0.75;

/** Builds the image of the Function runtime for one Node version out of this repository. */
export class FunctionRuntimeSource implements ImageSource {
  readonly #node: NodeBinary;
  readonly #dataDir: string;
  readonly #npm: () => Promise<Npm>;

  constructor(node: NodeBinary, dataDir: string, npm: () => Promise<Npm>) {
    this.#node = node;
    this.#dataDir = dataDir;
    this.#npm = npm;
  }

  async present(): Promise<Image | undefined> {
    return this.#node.present ? this.#image(this.#node.present) : undefined;
  }

  async pull(): Promise<Image> {
    return this.#image(await this.#node.fetch());
  }

  async #image(nodeBinary: string): Promise<Image> {
    const build = (await import(join(sourceDir, "build-image.ts"))) as Build;
    const digest = contentDigest();
    const files = join(this.#dataDir, "images", digest);
    if (!existsSync(files)) this.#build(build, files);
    const parts = {
      nodeBinary,
      files,
      major: this.#node.major,
      npm: await this.#npm(),
      caches: this.#makeCaches(),
    };
    return {
      id: `kyma.local/function-runtime-nodejs${this.#node.major}@sha256:${digest}`,
      workingDirectory: appDir,
      user: runtimeUser,
      mounts: (args) => mountsOf(parts, args),
      command: (start) => commandOf(build, parts.major, start),
      env: (start) => envOf(parts.npm, start),
    };
  }

  #build(build: Build, files: string): void {
    const unfinished = `${files}.${process.pid}`;
    rmSync(unfinished, { recursive: true, force: true });
    build.buildImage(unfinished);
    // The Function's own directory is mounted here.
    mkdirSync(join(unfinished, "function"));
    renameSync(unfinished, files);
  }

  #makeCaches(): Caches {
    const make = (name: string): string => {
      const directory = join(this.#dataDir, "cache", name);
      mkdirSync(directory, { recursive: true });
      if (process.getuid?.() === 0) chownSync(directory, runtimeUser, runtimeUser);
      return directory;
    };
    return { npm: make("npm"), dependencies: make("dependencies") };
  }
}

interface Caches {
  npm: string;
  dependencies: string;
}

interface Parts {
  nodeBinary: string;
  files: string;
  npm: Npm;
  caches: Caches;
}

function mountsOf(parts: Parts, args: string[] | undefined): ImageMount[] {
  const modules = realpathSync(join(parts.files, "node_modules"));
  const mounts: ImageMount[] = [
    { source: parts.nodeBinary, path: nodePath, kind: "file", readOnly: true },
    { source: parts.files, path: appDir, kind: "directory", readOnly: true },
    // The image's node_modules is a link to here.
    { source: modules, path: modules, kind: "directory", readOnly: true },
  ];
  if (!isInstall(args)) return mounts;
  if (parts.npm.directory)
    mounts.push({ source: parts.npm.directory, path: npmDir, kind: "directory", readOnly: true });
  mounts.push({ source: parts.caches.npm, path: npmCache, kind: "directory", readOnly: false });
  mounts.push({
    source: parts.caches.dependencies,
    path: dependencyCache,
    kind: "directory",
    readOnly: false,
  });
  return mounts;
}

/** Only our own installer gets the caches: what it puts there, other Functions will run. */
function isInstall(args: string[] | undefined): boolean {
  return args?.[0] === "install";
}

function commandOf(build: Build, major: number, start: ImageStart): string[] {
  const heap = start.memoryLimitBytes
    ? [`--max-old-space-size=${Math.max(16, Math.floor((start.memoryLimitBytes * heapShare) / 2 ** 20))}`]
    : [];
  const command = [start.at(nodePath), ...heap];
  const main = start.at(`${appDir}/main.js`);
  if (isInstall(start.args)) return [...command, main, ...start.args];
  const at = (mount: { path: string }): string => start.at(mount.path);
  const flags = build.permissionFlags(major, {
    imageDir: start.at(appDir),
    readable: start.mounts.filter(({ readOnly }) => readOnly).map(at),
    writable: [
      ...start.mounts.filter(({ readOnly }) => !readOnly).map(at),
      start.at(start.terminationMessagePath),
    ],
  });
  return [...command, "--disable-warning=ExperimentalWarning", ...flags, main, ...start.args];
}

function envOf(npm: Npm, start: ImageStart): Record<string, string> {
  const env = {
    FUNCTION_DIR: start.at(functionDir),
    TERMINATION_LOG: start.at(start.terminationMessagePath),
  };
  if (!isInstall(start.args)) return env;
  const npmOnPath =
    start.at(npmDir) === npmDir || !npm.directory
      ? {}
      : { PATH: `${join(npm.directory, "bin")}:/usr/bin:/bin` };
  return {
    ...env,
    ...npm.env,
    ...npmOnPath,
    NPM_CONFIG_CACHE: start.at(npmCache),
    DEPENDENCY_CACHE: start.at(dependencyCache),
  };
}

/** Changes whenever a file of the runtime does. */
function contentDigest(): string {
  const hash = createHash("sha256").update(sourceDir).update(process.version);
  const files = [
    join(sourceDir, "build-image.ts"),
    ...readdirSync(join(sourceDir, "src"))
      .sort()
      .map((name) => join(sourceDir, "src", name)),
  ];
  for (const file of files.filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))) {
    hash.update(file).update(readFileSync(file));
  }
  return hash.digest("hex");
}
