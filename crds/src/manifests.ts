import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import type { CustomResourceDefinition } from "./open-api.ts";

const directory = new URL("../manifests/", import.meta.url);

/** All CustomResourceDefinitions of this package as plain objects without YAML aliases, ready to be applied; ordered by file name. */
export function readManifests(): CustomResourceDefinition[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map(readManifest);
}

/** One CustomResourceDefinition by its file name in `crds/manifests`. */
export function readManifest(file: string): CustomResourceDefinition {
  const text = readFileSync(new URL(file, directory), "utf8");
  return structuredCloneTree(parse(text) as CustomResourceDefinition);
}

/** Aliases in YAML become shared objects; a caller that edits one place must not edit the others. */
function structuredCloneTree<T>(tree: T): T {
  return JSON.parse(JSON.stringify(tree)) as T;
}
