/**
 * `npm test`: every check of the project in one go, cheapest first. A failed check does not stop the others.
 * `npm test -- lint unit` runs just the named ones. Ends with one line: `N passed, N failed`.
 */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { playwrightCounts, sum, vitestCounts, type Counts } from "./counts.ts";

interface Check {
  name: string;
  command: string[];
  /** Reads how many tests ran from the runner's own report; without it the check counts as one. */
  counts?: () => Counts;
}

const reports = "test-results";
const vitest = (project: string): Check => ({
  name: project,
  command: [
    "vitest",
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${reports}/${project}.json`,
  ],
  counts: () => vitestCounts(readReport(`${project}.json`)),
});

const checks: Check[] = [
  { name: "format", command: ["prettier", "--check", "--log-level=warn", "."] },
  { name: "generated", command: ["node", "checks/generated.ts"] },
  { name: "lint", command: ["oxlint", "--type-aware", "--deny-warnings"] },
  { name: "types", command: ["tsc", "--noEmit"] },
  { name: "types-frontend", command: ["tsc", "--noEmit", "-p", "frontend"] },
  { name: "dead-code", command: ["knip"] },
  vitest("unit"),
  vitest("frontend"),
  { name: "bundle", command: ["node", "checks/bundle.ts"] },
  vitest("integration"),
  {
    name: "browser",
    command: ["playwright", "test", "--config", "e2e/playwright.config.ts"],
    counts: () => playwrightCounts(readReport("browser.json")),
  },
];

function readReport(file: string): unknown {
  return JSON.parse(readFileSync(`${reports}/${file}`, "utf8"));
}

function run(check: Check): Counts {
  console.log(`\n── ${check.name}: ${check.command.join(" ")}`);
  const [command = "", ...rest] = check.command;
  const { status } = spawnSync(command, rest, {
    stdio: "inherit",
    env: { ...process.env, FORCE_COLOR: "0" },
  });
  const ended: Counts = status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  if (!check.counts) return ended;
  try {
    const counted = check.counts();
    // A runner can fail outside any test (a crashed worker, a failed set-up): that is a failure too.
    return status !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
  } catch {
    return { passed: 0, failed: 1 };
  }
}

function main(names: string[]): number {
  const unknown = names.filter((name) => !checks.some((check) => check.name === name));
  if (unknown.length > 0) {
    console.error(
      `no check ${unknown.join(", ")}; there are: ${checks.map((check) => check.name).join(", ")}`,
    );
    return 1;
  }
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const chosen = checks.filter((check) => names.length === 0 || names.includes(check.name));
  const results = chosen.map((check) => ({ name: check.name, ...run(check) }));
  console.log("");
  for (const { name, passed, failed } of results)
    console.log(`${failed ? "✗" : "✓"} ${name}: ${passed}/${passed + failed}`);
  const total = sum(results);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
