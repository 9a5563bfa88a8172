import type { KubeObject } from "@kyma/kube/objects.ts";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";

const manifestsDir = join(import.meta.dirname, "../../manifests");

/** What a local cluster holds from the start, besides the CRDs: namespaces, rights, the default Gateway, the test issuer. */
export function readLocalManifests(): KubeObject[] {
  return manifestFiles().flatMap(readLocalManifest);
}

/** The objects of one file of `local-cluster/manifests`. */
export function readLocalManifest(file: string): KubeObject[] {
  const text = readFileSync(join(manifestsDir, file), "utf8");
  return parseAllDocuments(text).map((document) => document.toJS() as KubeObject);
}

function manifestFiles(): string[] {
  return readdirSync(manifestsDir)
    .filter((file) => file.endsWith(".yaml"))
    .sort();
}
