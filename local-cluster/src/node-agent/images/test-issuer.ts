import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import type { Image, ImageSource } from "./image.ts";

const sourceDir = join(import.meta.dirname, "../../test-issuer");
const memoryShare = 0.5;

/** The test issuer runs from the sources of this repository with our own Node. */
export function testIssuerSource(): ImageSource {
  const modules = dirname(dirname(createRequire(import.meta.url).resolve("jose/package.json")));
  const image: Image = {
    id: `kyma.local/test-issuer@${process.version}`,
    workingDirectory: "/app",
    user: 1000,
    mounts: () => [
      { source: process.execPath, path: "/usr/local/bin/node", kind: "file", readOnly: true },
      { source: sourceDir, path: "/app", kind: "directory", readOnly: true },
      { source: modules, path: "/node_modules", kind: "directory", readOnly: true },
    ],
    command: (start) => [
      start.at("/usr/local/bin/node"),
      ...(start.memoryLimitBytes
        ? [`--max-old-space-size=${Math.floor((start.memoryLimitBytes * memoryShare) / 2 ** 20)}`]
        : []),
      start.at("/app/main.ts"),
      ...start.args,
    ],
    env: () => ({}),
  };
  return { present: () => Promise.resolve(image), pull: () => Promise.resolve(image) };
}
