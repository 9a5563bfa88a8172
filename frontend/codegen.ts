import type { CodegenConfig } from "@graphql-codegen/cli";

/** Operations in src are checked against the BFF's schema; documents stay strings, so no GraphQL parser ships to the browser. */
const config: CodegenConfig = {
  schema: "../bff/src/**/schema.graphql",
  documents: ["src/**/*.ts", "src/**/*.tsx", "!src/api/generated/**"],
  ignoreNoDocuments: true,
  generates: {
    "src/api/generated/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: "string",
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: { JSON: "unknown" },
      },
    },
  },
};

export default config;
