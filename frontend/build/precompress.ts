import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);
const compressible = /\.(?:js|css|html|svg|json|ttf|map)$/;
/** Below this the saving is smaller than a packet. */
const smallest = 1024;
/** Above this, only Monaco's lazy parts, the last percent costs most of the build's time. */
const large = 500_000;

async function compressFile(file: string): Promise<void> {
  const content = await readFile(file);
  if (content.length < smallest) return;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: content.length > large ? 6 : 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  const [br, gz] = await Promise.all([
    brotli(content, { params }),
    gzipped(content, { level: content.length > large ? 6 : 9 }),
  ]);
  await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)]);
}

/** Writes `.br` and `.gz` beside every text file of the build, so that the BFF only has to send them. */
export function precompress(): Plugin {
  let directory = "";
  return {
    name: "kyma-precompress",
    apply: "build",
    configResolved(config) {
      directory = path.resolve(config.root, config.build.outDir);
    },
    // Not closeBundle: that is called after a failure too, and would hide its reason.
    async writeBundle() {
      const entries = await readdir(directory, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && compressible.test(entry.name));
      await Promise.all(files.map((entry) => compressFile(path.join(entry.parentPath, entry.name))));
    },
  };
}
