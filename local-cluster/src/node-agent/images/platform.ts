import { chownSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Image, ImageMount, ImageSource } from "./image.ts";

const root = join(import.meta.dirname, "../../../..");
const nodePath = "/usr/local/bin/node";
/** What the processes of the data plane import, in the places that they have to each other. */
const folders = ["node_modules", "kube", "crds", "eventing", "data-plane"];
const compileCache = "/var/cache/node-compile";
/** Where the API server has tokens mounted; elsewhere on a node without mount namespaces. */
const serviceAccount = "/var/run/secrets/kubernetes.io/serviceaccount";
const user = 1000;
const heapShare = 0.6;
/** MB. Node's own choice grows with the load: the event gateway took 239 MB then instead of 143, and was no faster. */
const youngGeneration = "--max-semi-space-size=4";

/** A process of `data-plane/<name>`, which runs from the sources of this repository with our own Node. */
export function platformSource(name: string, dataDir: string): ImageSource {
  const image = (): Image => {
    const cache = join(dataDir, "cache", "node-compile");
    mkdirSync(cache, { recursive: true });
    if (process.getuid?.() === 0) chownSync(cache, user, user);
    return {
      id: `kyma.local/${name}@${process.version}`,
      workingDirectory: "/app",
      user,
      mounts: () => [
        { source: process.execPath, path: nodePath, kind: "file", readOnly: true },
        ...folders.map((folder): ImageMount => ({
          source: join(root, folder),
          path: `/app/${folder}`,
          kind: "directory",
          readOnly: true,
        })),
        { source: cache, path: compileCache, kind: "directory", readOnly: false },
      ],
      command: (start) => [
        start.at(nodePath),
        "--disable-warning=ExperimentalWarning",
        youngGeneration,
        ...(start.memoryLimitBytes
          ? [`--max-old-space-size=${Math.floor((start.memoryLimitBytes * heapShare) / 2 ** 20)}`]
          : []),
        start.at(`/app/data-plane/${name}/src/main.ts`),
        ...start.args,
      ],
      env: (start) => ({
        NODE_ENV: "production",
        NODE_COMPILE_CACHE: start.at(compileCache),
        SERVICE_ACCOUNT_DIR: start.at(serviceAccount),
      }),
    };
  };
  const made = (): Promise<Image> => Promise.resolve(image());
  return { present: made, pull: made };
}
