import type { FunctionSpec, KymaFunction } from "@kyma/crds/generated/functions.gen.ts";

/** A valid Function for tests, with `spec` laid over the simplest one. */
export function sampleFunction(
  name: string,
  namespace: string,
  spec: Partial<FunctionSpec> = {},
): KymaFunction {
  return {
    apiVersion: "serverless.kyma-project.io/v1alpha2",
    kind: "Function",
    metadata: { name, namespace },
    spec: {
      runtime: "nodejs24",
      source: { inline: { source: "module.exports = { main: () => 'hello' };" } },
      ...spec,
    },
  };
}

/** The same as an API server would give it back. */
export function storedFunction(spec: Partial<FunctionSpec> = {}): KymaFunction {
  const fn = sampleFunction("hello", "shop", spec);
  return { ...fn, metadata: { ...fn.metadata, uid: "uid-1", generation: 3, resourceVersion: "10" } };
}
