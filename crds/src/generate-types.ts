import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readManifest } from "./manifests.ts";
import type { CustomResourceDefinition } from "./open-api.ts";
import { TypeWriter } from "./type-writer.ts";

interface TypeSource {
  /** File name without extension, in `crds/manifests`. */
  manifest: string;
  /** Name of the exported type. */
  root: string;
  /** Beginning of the names of the types inside it. */
  prefix: string;
}

/** What is generated from what. */
export const typeSources: TypeSource[] = [
  { manifest: "functions", root: "KymaFunction", prefix: "Function" },
  { manifest: "api-rules", root: "ApiRule", prefix: "ApiRule" },
  { manifest: "subscriptions", root: "Subscription", prefix: "Subscription" },
  { manifest: "istio-gateways", root: "IstioGateway", prefix: "Gateway" },
  { manifest: "istio-virtual-services", root: "VirtualService", prefix: "VirtualService" },
  {
    manifest: "istio-request-authentications",
    root: "RequestAuthentication",
    prefix: "RequestAuthentication",
  },
  { manifest: "istio-authorization-policies", root: "AuthorizationPolicy", prefix: "AuthorizationPolicy" },
];

export const generatedDirectory = new URL("./generated/", import.meta.url);

/** Source text of the types for the storage version of one manifest. */
export function generateTypes(source: TypeSource): string {
  const crd = readManifest(`${source.manifest}.yaml`);
  const version = storageVersion(crd);
  const { properties = {}, description } = version.schema.openAPIV3Schema;
  const writer = new TypeWriter(source.prefix);
  const fields = ["spec", "status"].flatMap((name) => {
    const schema = properties[name];
    if (!schema) return [];
    return `  ${name}${name === "spec" ? "" : "?"}: ${writer.typeOf(schema, [name])};`;
  });
  return [
    `// Generated from manifests/${source.manifest}.yaml by "npm run generate"; do not edit.\n`,
    `import type { ObjectMeta } from "../object-meta.ts";\n`,
    `/** ${description} */`,
    `export interface ${source.root} {`,
    `  apiVersion: string;\n  kind: string;\n  metadata: ObjectMeta;`,
    ...fields,
    "}\n",
    `${writer.interfaces()}\n`,
  ].join("\n");
}

function storageVersion(crd: CustomResourceDefinition): CustomResourceDefinition["spec"]["versions"][number] {
  const version = crd.spec.versions.find((candidate) => candidate.storage);
  if (!version) throw new Error(`${crd.metadata.name} has no storage version`);
  return version;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(generatedDirectory, { recursive: true });
  for (const source of typeSources) {
    writeFileSync(new URL(`${source.manifest}.gen.ts`, generatedDirectory), generateTypes(source));
  }
}
