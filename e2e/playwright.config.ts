import { defineConfig } from "@playwright/test";
import { chromiumArguments, chromiumPath } from "./src/browser.ts";

/** One embedded cluster for all specs; each spec works in a namespace of its own. */
export default defineConfig({
  testDir: "specs",
  outputDir: "../test-results/browser",
  globalSetup: "./src/platform.ts",
  workers: 1,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [["list"], ["json", { outputFile: "../test-results/browser.json" }]],
  use: {
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    actionTimeout: 20_000,
    trace: "retain-on-failure",
    launchOptions: { executablePath: await chromiumPath(), args: chromiumArguments },
  },
});
