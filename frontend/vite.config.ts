import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { precompress } from "./build/precompress.ts";

const bff = "http://127.0.0.1:4000";
const chunkName = "assets/[name]-[hash].js";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [react(), precompress()],
  // monaco-yaml names the worker by the place where older Monaco kept it.
  resolve: {
    alias: { "monaco-editor/esm/vs/editor/editor.worker.js": "monaco-editor/editor/editor.worker.js" },
  },
  build: {
    target: "es2023",
    // checks/bundle.ts reads from it what a first visit loads.
    manifest: true,
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    chunkSizeWarningLimit: 8000,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { entryFileNames: chunkName, chunkFileNames: chunkName } },
  },
  worker: { format: "es" },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/graphql": { target: bff, ws: true },
      "/sign-in": { target: bff },
    },
  },
  test: {
    // PatternFly's modules import CSS, which Node cannot load by itself.
    server: { deps: { inline: [/@patternfly/] } },
    css: false,
    setupFiles: ["src/testing/setup.ts"],
  },
});
