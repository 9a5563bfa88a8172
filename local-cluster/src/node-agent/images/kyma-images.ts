import { join } from "node:path";
import { debugSource } from "./debug.ts";
import { FunctionRuntimeSource } from "./function-runtime.ts";
import type { ImageSource, ImageTable } from "./image.ts";
import { NodeBinary } from "./node-binary.ts";
import { type Npm, readNpm } from "./npm.ts";
import { platformSource } from "./platform.ts";
import { testIssuerSource } from "./test-issuer.ts";

const runtimes = [20, 22, 24];

/** The images of this repository. `dataDir` is the node's own; programs that are fetched go to `cacheDir`. */
export function kymaImages(dataDir: string, cacheDir: string = join(dataDir, "cache")): ImageTable {
  let npm: Promise<Npm> | undefined;
  const lazyNpm = (): Promise<Npm> => (npm ??= readNpm());
  const sources = new Map<string, ImageSource>(
    runtimes.map((major) => [
      `function-runtime-nodejs${major}`,
      new FunctionRuntimeSource(new NodeBinary(major, cacheDir), dataDir, lazyNpm),
    ]),
  );
  sources.set("test-issuer", testIssuerSource());
  sources.set("debug", debugSource());
  for (const name of ["event-gateway", "event-dispatcher"]) sources.set(name, platformSource(name, dataDir));
  return { find: (reference) => sources.get(imageName(reference) ?? "") };
}

/** "function-runtime-nodejs24" of "kyma.local/function-runtime-nodejs24:1"; undefined for images that are not ours. */
export function imageName(reference: string): string | undefined {
  return /^kyma\.local\/([a-z0-9-]+)(?::[\w][\w.-]{0,127})?$/.exec(reference)?.[1];
}
