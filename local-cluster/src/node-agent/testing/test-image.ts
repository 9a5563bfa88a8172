import { dirname, join } from "node:path";
import { debugSource } from "../images/debug.ts";
import type { Image, ImageStart, ImageTable } from "../images/image.ts";

const program = join(import.meta.dirname, "program.mjs");

const testImage: Image = {
  id: "kyma.local/test@sha256:0000",
  mounts: () => [
    { source: process.execPath, path: "/usr/local/bin/node", kind: "file", readOnly: true },
    { source: dirname(program), path: "/program", kind: "directory", readOnly: true },
  ],
  workingDirectory: "/program",
  user: 1000,
  env: (start) => ({ FROM_IMAGE: "yes", TERMINATION_LOG: start.at(start.terminationMessagePath) }),
  command: (start: ImageStart) => [
    start.at("/usr/local/bin/node"),
    ...(start.memoryLimitBytes
      ? [`--max-old-space-size=${Math.floor((start.memoryLimitBytes * 0.75) / 2 ** 20)}`]
      : []),
    start.at("/program/program.mjs"),
    ...start.args,
  ],
};

/** An image table for tests: `kyma.local/test:<anything>` is here, `kyma.local/pulled:<anything>` must be pulled, `kyma.local/broken` cannot be. */
export function testImages(): ImageTable {
  let pulled: Image | undefined;
  return {
    find(reference) {
      if (reference.startsWith("kyma.local/test:"))
        return { present: () => Promise.resolve(testImage), pull: () => Promise.resolve(testImage) };
      if (reference.startsWith("kyma.local/pulled:")) {
        return {
          present: () => Promise.resolve(pulled),
          pull: () => Promise.resolve((pulled = { ...testImage, id: "kyma.local/pulled@sha256:1111" })),
        };
      }
      return reference.startsWith("kyma.local/debug:") ? debugSource() : undefined;
    },
  };
}
