import { defineConfig } from "vitest/config";

// Node's own way to find a package: else our code gets another copy of "graphql" than the libraries that it uses.
const likeNode = { resolve: { conditions: ["module-sync", "node", "import", "default"] } };

/**
 * Two projects: `unit` needs nothing but Node, `integration` (`*.integration.test.ts`) gets one real control plane.
 * `npx vitest run --project unit kube` runs one folder.
 */
export default defineConfig({
  test: {
    projects: [
      {
        ssr: likeNode,
        test: {
          name: "unit",
          include: ["*/src/**/*.test.ts", "data-plane/*/src/**/*.test.ts"],
          exclude: ["**/*.integration.test.ts", "**/node_modules/**", "frontend/**"],
          environment: "node",
        },
      },
      {
        extends: "./frontend/vite.config.ts",
        test: {
          name: "frontend",
          root: "./frontend",
          include: ["src/**/*.test.ts", "src/**/*.test.tsx"],
          environment: "happy-dom",
        },
      },
      {
        ssr: likeNode,
        test: {
          name: "integration",
          include: ["*/src/**/*.integration.test.ts", "data-plane/*/src/**/*.integration.test.ts"],
          globalSetup: ["local-cluster/src/testing/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: true,
          maxWorkers: 2,
        },
      },
    ],
  },
});
